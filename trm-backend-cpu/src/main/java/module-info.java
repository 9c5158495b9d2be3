/** The CPU backends of TRM for Java: one on the Vector API, one scalar. */
module org.trm4j.backend.cpu {
  requires static org.apiguardian.api;
  requires static org.jspecify;
  requires jdk.incubator.vector;
  requires transitive org.trm4j.api;

  exports org.trm4j.backend.cpu;

  provides org.trm4j.backend.spi.BackendProvider with
      org.trm4j.backend.cpu.CpuScalarProvider;
}
