package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Answer;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.Tensor;
import org.trm4j.training.checkpoint.RunFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Run folders of earlier versions open, solve and continue; see {@code witness/README.md}. */
class WitnessTest {
  /**
   * Results are exact where they were computed; other processors differ in the last bits of exp.
   */
  private static final boolean EXACT =
      List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"trm", "hrm", "attention"})
  void opensAndSolves(String name) throws Exception {
    Path run = copy(name);
    JsonNode expected =
        JsonMapper.shared().readTree(Files.readString(run.resolve("answer.json"))).get(0);
    try (TrmModel model = TrmModel.open(ModelFiles.read(run), "cpu-scalar", 1)) {
      Answer answer =
          model.solve(
              model.parse(expected.get("question").stringValue()),
              SolveOptions.DEFAULT.withMaxSteps(4));
      assertThat(answer.text()).isEqualTo(expected.get("answer").stringValue());
      assertThat(answer.confidence())
          .isCloseTo(expected.get("confidence").doubleValue(), within(1e-7));
      assertThat(answer.steps()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trm", "hrm", "attention"})
  void continuesBitForBit(String name) throws Exception {
    Path run = copy(name);
    try (Dataset dataset = RunFolder.open(run).config().data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of())
          .resume(run, dataset, backend, old -> old.toBuilder().steps(14).build())
          .run();
    }
    Map<String, Tensor> expected = ModelFiles.read(run.resolve("continued")).parameters().tensors();
    Map<String, Tensor> found = ModelFiles.read(run).parameters().tensors();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((parameter, tensor) ->
        assertThat(found.get(parameter).toArray())
            .as(parameter)
            .usingComparatorWithPrecision(EXACT ? 0f : 1e-4f)
            .containsExactly(tensor.toArray()));
    List<Double> losses = losses(run.resolve("metrics.jsonl"));
    assertThat(losses)
        .hasSize(5)
        .usingElementComparator((a, b) -> Math.abs(a - b) <= (EXACT ? 0 : 1e-4) ? 0 : 1)
        .isEqualTo(losses(run.resolve("continued/metrics.jsonl")));
  }

  private static List<Double> losses(Path metrics) throws IOException {
    return Files.readAllLines(metrics).stream()
        .map(line -> JsonMapper.shared().readTree(line))
        .filter(line -> line.get("event").stringValue().equals("train"))
        .map(line -> line.get("progress").get("loss").doubleValue())
        .toList();
  }

  private Path copy(String name) throws Exception {
    Path source = Path.of(WitnessTest.class.getResource("witness/" + name).toURI());
    Path target = folder.resolve(name);
    try (var files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
    return target;
  }
}
