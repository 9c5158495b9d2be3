package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorTest {
  @Test
  void measuresTheBackendThatIsUsed() {
    Run run = Run.of("doctor", "--json", "--threads", 1);
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.get("jvm").get("processors").intValue()).isPositive();
    assertThat(json.get("backends").get("cpu-scalar").stringValue()).startsWith("available");
    assertThat(json.get("rates").size()).isEqualTo(2);
    for (JsonNode rate : json.get("rates")) {
      assertThat(rate.get("gflops").doubleValue()).isPositive().isFinite();
      assertThat(rate.get("peakGflops").doubleValue()).isPositive().isFinite();
    }
  }

  @Test
  void fitsOneScreen() {
    Run run = Run.of("doctor", "--quick");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("processor", "backends", "cpu-vector", "to change");
    assertThat(run.out().lines().count()).isLessThan(30);
  }
}
