/** The pure Java backends {@code cpu-vector} and {@code cpu-scalar}. */
module org.trm4j.backend.cpu {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  // Static, so that cpu-scalar runs in every runtime; cpu-vector needs --add-modules.
  requires static jdk.incubator.vector;
  requires static java.management;
  requires static jdk.management;
  requires transitive org.trm4j.api;

  exports org.trm4j.backend.cpu;

  provides org.trm4j.backend.spi.BackendProvider with
      org.trm4j.backend.cpu.CpuAmxProvider,
      org.trm4j.backend.cpu.CpuScalarProvider,
      org.trm4j.backend.cpu.CpuVectorProvider;
}
