package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchTest {
  @Test
  void printsOneObjectWithWhatAMachineReads() {
    Run run = Run.of("bench", "--model", "sudoku-mlp", "--batch", 1, "--runs", 1, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.get("model").stringValue()).isEqualTo("sudoku-mlp");
    assertThat(json.get("batch").intValue()).isEqualTo(1);
    assertThat(json.get("mode").stringValue()).isEqualTo("inference");
    assertThat(json.get("backend").stringValue()).startsWith("cpu-");
    assertThat(json.get("precision").stringValue()).isEqualTo("fp32");
    assertThat(json.get("device").stringValue()).matches(".*(kernel (14x2|6x4|6x2)|plain loops).*");
    assertThat(json.get("threads").intValue()).isPositive();
    for (String key :
        new String[] {"exampleStepsPerSecond", "gflops", "peakGflops", "peakShare", "peakRssMiB"}) {
      assertThat(json.get(key).doubleValue()).as(key).isPositive().isFinite();
    }
    assertThat(json.get("peakShare").doubleValue())
        .isCloseTo(
            json.get("gflops").doubleValue() / json.get("peakGflops").doubleValue(),
            org.assertj.core.data.Percentage.withPercentage(0.1));
  }
}
