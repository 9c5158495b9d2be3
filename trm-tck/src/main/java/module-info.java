/** The contract suites that plug-ins inherit. */
module org.trm4j.tck {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires transitive org.trm4j.api;

  exports org.trm4j.tck;
  exports org.trm4j.tck.oracle;
  exports org.trm4j.tck.pretrained;

  // JUnit calls the suites' protected tests in a plug-in that is tested as a module.
  opens org.trm4j.tck to
      org.junit.platform.commons;

  provides org.trm4j.backend.spi.BackendProvider with
      org.trm4j.tck.oracle.ReferenceProvider;
}
