/** Import and export of published checkpoints. */
module org.trm4j.exchange {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires com.google.protobuf;
  requires org.snakeyaml.engine;
  requires transitive org.trm4j.api;
  requires transitive org.trm4j.training;

  exports org.trm4j.exchange;
}
