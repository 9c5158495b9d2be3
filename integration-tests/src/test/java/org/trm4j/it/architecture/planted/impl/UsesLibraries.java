package org.trm4j.it.architecture.planted.impl;

/** Planted: breaks a rule on purpose. */
@com.google.inject.Singleton
final class UsesLibraries {
  private UsesLibraries() {}

  static String everything() {
    org.junit.jupiter.api.Assertions.assertTrue(true);
    org.assertj.core.api.Assertions.assertThat(true).isTrue();
    return org.springframework.planted.Bean.class.getName()
        + org.apache.spark.planted.Bean.class.getName()
        + io.micrometer.planted.Bean.class.getName()
        + io.modelcontextprotocol.planted.Bean.class.getName()
        + new picocli.CommandLine(new Object()).toString()
        + tools.jackson.databind.json.JsonMapper.shared()
        + org.apache.commons.csv.CSVFormat.DEFAULT
        + com.google.protobuf.ByteString.EMPTY
        + org.snakeyaml.engine.v2.api.LoadSettings.builder();
  }
}
