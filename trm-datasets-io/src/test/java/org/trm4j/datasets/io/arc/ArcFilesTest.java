package org.trm4j.datasets.io.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;

class ArcFilesTest {
  private static final String PAIR = "{\"input\": [[1, 2]], \"output\": [[2, 1]]}";
  private static final String GOOD = task(PAIR, PAIR);

  @TempDir private Path folder;
  private final ArcFiles provider = new ArcFiles();

  private static String task(String train, String test) {
    return "{\"train\": [" + train + "], \"test\": [" + test + "]}";
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String grid(String row, int rows) {
    return "[" + (row + ",").repeat(rows - 1) + row + "]";
  }

  @Test
  void readsChallengesWithSolutions() throws IOException {
    String question = "{\"test\": [{\"input\": [[3]]}], \"train\": [" + PAIR + "]}";
    write("arc-agi_training_challenges.json", "{\"a\": " + GOOD + "}");
    write("arc-agi_evaluation_challenges.json", "{\"b\": " + question + "}");
    write("arc-agi_evaluation_solutions.json", "{\"b\": [[[4]]]}");
    assertThat(provider.accepts(folder)).isTrue();
    try (Dataset dataset = provider.open(folder, Map.of())) {
      assertThat(dataset.splits()).containsExactly("train", "test");
      assertThat(dataset.split("train").size()).isEqualTo(3);
      assertThat(dataset.split("test").size()).isEqualTo(1);
      assertThat(dataset.puzzleIdentifiers()).isEqualTo(3);
      var codec = dataset.domain().codec();
      assertThat(codec.decode(dataset.split("test").get(0).tokens())).isEqualTo("3");
      assertThat(codec.decode(Golden.padded(dataset.split("test").get(0).labels()))).isEqualTo("4");
    }
    try (Dataset dataset = provider.open(folder, Map.of("subsets", "training"))) {
      assertThat(dataset.split("train").size()).isEqualTo(1);
    }
    assertThatThrownBy(() -> provider.open(folder, Map.of("subsets", "chess")))
        .hasMessageContaining("no subset chess, there are [evaluation, training]");
  }

  @Test
  void readsFoldersOfTasks() throws IOException {
    write("data/training/a.json", GOOD);
    write("data/evaluation/b.json", GOOD);
    write("data/evaluation/c.json", GOOD);
    Path data = folder.resolve("data");
    assertThat(provider.accepts(data)).isTrue();
    assertThat(provider.accepts(data.resolve("training"))).isTrue();
    assertThat(provider.accepts(data.resolve("training/a.json"))).isTrue();
    try (Dataset dataset = provider.open(data, Map.of("augmentations", "4"))) {
      assertThat(((ArcSplit) dataset.split("test")).groups()).isEqualTo(2);
      assertThat(((ArcSplit) dataset.split("train")).groups()).isEqualTo(3);
    }
    try (Dataset dataset = provider.open(data.resolve("training"), Map.of())) {
      assertThat(dataset.split("test").size()).isEqualTo(1);
    }
  }

  @Test
  void invalidTasksAreNamed() throws IOException {
    bad(task(PAIR.replace("[[1, 2]]", grid("[1]", 31)), PAIR), "train pair 1, input: 31 rows");
    bad(
        task(PAIR.replace("[1, 2]", grid("1", 31)), PAIR),
        "train pair 1, input: 31 columns, expected 1 to 30");
    bad(
        task(PAIR.replace("[[2, 1]]", "[[2, 1], [2]]"), PAIR),
        "train pair 1, output: row 2 has 1 cells, expected 2");
    bad(task(PAIR, PAIR.replace("[1, 2]", "[1, 10]")), "test pair 1, input: row 1 column 2 is 10");
    bad(task(PAIR, PAIR.replace("[1, 2]", "[1, \"x\"]")), "row 1 column 2 is \"x\"");
    bad(task(PAIR, PAIR.replace("[1, 2]", "[1, 1.5]")), "row 1 column 2 is 1.5");
    bad(task(PAIR, PAIR.replace("[[1, 2]]", "[]")), "0 rows");
    bad(task(PAIR, PAIR.replace("[[1, 2]]", "7")), "no list");
    bad(task("", PAIR), "0 train and 1 test pairs");
    bad(task(PAIR, ""), "1 train and 0 test pairs");
    bad("{}", "expected an object with the lists train and test");
    bad(task(PAIR, "{\"input\": [[1]]}"), "test pair 1: has no output, and there are no solutions");
  }

  private void bad(String task, String reason) throws IOException {
    write("x_challenges.json", "{\n\"good\": " + GOOD + ",\n\n\"wrong\": " + task + "\n}");
    assertThatThrownBy(() -> provider.open(folder, Map.of()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("x_challenges.json: line 4: task wrong")
        .hasMessageContaining(reason);
    try (Dataset dataset = provider.open(folder, Map.of("skipInvalid", "true"))) {
      assertThat(dataset.split("test").size()).isEqualTo(1);
      assertThat(dataset.skipped()).hasSize(1);
      assertThat(dataset.skipped().getFirst().line()).isEqualTo(4);
      assertThat(dataset.skipped().getFirst().reason()).contains(reason);
    }
    Files.delete(folder.resolve("x_challenges.json"));
    Path single = write("tasks/wrong.json", task);
    assertThatThrownBy(() -> provider.open(single.getParent(), Map.of()))
        .hasMessageContaining("wrong.json: line 1: task wrong")
        .hasMessageContaining(reason);
    Files.delete(single);
    Files.delete(single.getParent());
  }

  @Test
  void missingSolutionsAreErrorsUnlessOptional() throws IOException {
    String question = task(PAIR, "{\"input\": [[3]]}");
    write("x_challenges.json", "{\"a\": " + question + ", \"b\": " + question + "}");
    write("x_solutions.json", "{\"a\": [[[4]]]}");
    assertThatThrownBy(() -> provider.open(folder, Map.of()))
        .hasMessageContaining("task b: has no list of solutions in x_solutions.json");
    write("x_solutions.json", "{\"a\": [[[4]], [[5]]], \"b\": [[[4]]]}");
    assertThatThrownBy(() -> provider.open(folder, Map.of()))
        .hasMessageContaining("task a: 2 solutions, expected 1");
    Files.delete(folder.resolve("x_solutions.json"));
    try (Dataset dataset = provider.open(folder, Map.of("solutions", "optional"))) {
      assertThat(dataset.split("test").size()).isEqualTo(2);
      assertThat(dataset.evaluator("test").report())
          .as("nothing can be right where no solution is known")
          .isEmpty();
    }
    write("evaluation_challenges.json", "{\"c\": " + GOOD + "}");
    try (Dataset dataset =
        provider.open(folder, Map.of("solutions", "optional", "subsets", "x+evaluation"))) {
      assertThat(dataset.split("train").size()).as("no stand-in is trained on").isEqualTo(3);
    }
  }

  @Test
  void brokenJsonIsNamedByLine() throws IOException {
    write("x_challenges.json", "{\"a\": " + GOOD + ",\n\"b\": {\"train\": [}}");
    assertThatThrownBy(() -> provider.open(folder, Map.of("skipInvalid", "true")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("x_challenges.json: line 2: ");
  }
}
