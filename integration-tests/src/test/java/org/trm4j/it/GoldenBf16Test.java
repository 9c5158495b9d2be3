package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.tck.oracle.ReferenceProvider;
import org.trm4j.training.parity.ParityCheck;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code cpu-amx}, on the model of its tiles, against the golden values of the published code: no
 * further from them than twice what the published arithmetic in bfloat16 is itself. Every matrix
 * (logits, states, gradients, changes of the weights) is compared by itself; a loss, or the halting
 * logits of a batch, are few numbers whose errors are a matter of luck, so all of a case count as
 * one.
 */
class GoldenBf16Test {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path DISTANCES = Path.of("src/test/resources/golden-bf16/distances.json");
  private static final double FACTOR = 2;

  private static final String TILES = "org.trm4j.cpu.amx";

  @TempDir Path folder;

  @BeforeAll
  static void runOnTheModel() {
    System.setProperty(TILES, "model");
  }

  @AfterAll
  static void runOnTheMachine() {
    System.clearProperty(TILES);
  }

  /** A token mixer and a rotary attention, all layers, forward and backward. */
  @ParameterizedTest
  @ValueSource(strings = {"trm-mlp", "transformer-baseline", "layers"})
  void isAsNearAsThePublishedArithmetic(String name) throws IOException {
    check(name);
  }

  /** The other cases. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hrm",
        "trm-att-learned",
        "trm-att-padded-emb",
        "trm-att-rope",
        "trm-hier6",
        "trm-single-z"
      })
  @Tag("nightly")
  void isAsNearInEveryCase(String name) throws IOException {
    check(name);
  }

  private void check(String name) throws IOException {
    Map<String, Double> distances = distances().get(name);
    Map<String, Double> found;
    try (Backend backend = Trm.standard().backend("cpu-amx", 2)) {
      found = errors(run(name, backend));
    }
    List<double[]> losses = new ArrayList<>();
    List<double[]> halting = new ArrayList<>();
    int matrices = 0;
    for (Map.Entry<String, Double> entry : distances.entrySet()) {
      String value = entry.getKey();
      double distance = entry.getValue();
      assertThat(found).as("%s: values compared", name).containsKey(value);
      double[] pair = {found.get(value), distance};
      if (value.endsWith("loss")) {
        losses.add(pair);
      } else if (value.endsWith("q_halt_logits")
          || value.endsWith("q_continue_logits")
          || value.endsWith("q_head.bias")) {
        halting.add(pair);
      } else {
        matrices++;
        near("%s: %s".formatted(name, value), pair[0], distance);
      }
    }
    assertThat(matrices).as("%s: matrices compared", name).isGreaterThan(2);
    near(name + ": losses", norm(losses, 0), norm(losses, 1));
    near(name + ": halting logits", norm(halting, 0), norm(halting, 1));
  }

  /** Written so that a NaN fails. */
  private static void near(String what, double found, double distance) {
    assertThat(found <= FACTOR * distance)
        .as("%s: %.3g from the golden value, the published arithmetic %.3g", what, found, distance)
        .isTrue();
  }

  private static double norm(List<double[]> pairs, int which) {
    return Math.sqrt(pairs.stream().mapToDouble(p -> p[which] * p[which]).sum());
  }

  /** The file holds what the oracle computes in the published arithmetic. */
  @Test
  @Tag("nightly")
  void theDistancesAreThoseOfTheOracle() throws IOException {
    Map<String, String> bf16 = Map.of(ReferenceProvider.PRODUCTS, "published-bfloat16");
    for (Map.Entry<String, Map<String, Double>> entry : distances().entrySet()) {
      Map<String, Double> found;
      try (Backend oracle =
          new ReferenceProvider()
              .open(BackendOptions.DEFAULT.withThreads(1).withProperties(bf16))) {
        found = errors(run(entry.getKey(), oracle));
      }
      entry
          .getValue()
          .forEach((value, distance) ->
              assertThat(Math.abs(found.get(value) - distance) <= 1e-3 * distance)
                  .as("%s, %s: %s, found %s", entry.getKey(), value, distance, found.get(value))
                  .isTrue());
    }
  }

  private ParityResult run(String name, Backend backend) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    for (String end : new String[] {".json", ".safetensors"}) {
      Path file = GOLDEN.resolve(name + end);
      if (Files.exists(file)) {
        Files.copy(file, own.resolve(name + end));
      }
    }
    List<ParityResult> results = ParityRunner.run(own, backend);
    assertThat(results).singleElement().extracting(ParityResult::reason).isEqualTo("");
    return results.getFirst();
  }

  private static Map<String, Double> errors(ParityResult result) {
    Map<String, Double> errors = new LinkedHashMap<>();
    for (ParityCheck check : result.checks()) {
      errors.put(check.value(), check.error());
    }
    return errors;
  }

  private static Map<String, Map<String, Double>> distances() throws IOException {
    JsonNode cases = JsonMapper.shared().readTree(Files.readString(DISTANCES)).path("distances");
    Map<String, Map<String, Double>> distances = new LinkedHashMap<>();
    cases.forEachEntry((name, values) -> {
      Map<String, Double> own = new LinkedHashMap<>();
      values.forEachEntry((value, distance) -> own.put(value, distance.asDouble()));
      distances.put(name, own);
    });
    assertThat(distances).hasSize(9);
    return distances;
  }
}
