package org.trm4j.datasets.io.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;

class SudokuFilesTest {
  private static final String QUESTION = "3.1.4..2.......1";
  private static final String ANSWER = "3214413214232341";
  private static final String HEADER = "source,question,answer,rating\n";

  @TempDir private Path folder;
  private final SudokuFiles provider = new SudokuFiles();

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String first(Path path, String split) {
    assertThat(provider.accepts(path)).isTrue();
    try (Dataset dataset = provider.open(path, Map.of())) {
      assertThat(dataset.domain().options()).containsEntry("size", "4");
      var codec = dataset.domain().codec();
      var example = dataset.split(split).get(0);
      return codec.decode(example.tokens()) + " " + codec.decode(example.labels());
    }
  }

  @Test
  void readsCsvLinesAndGzip() throws IOException {
    String row = "mine," + QUESTION + "," + ANSWER + ",3\n";
    assertThat(first(write("train.csv", HEADER + row), "train")).isEqualTo(QUESTION + " " + ANSWER);
    assertThat(first(write("lines.txt", QUESTION + " " + ANSWER + "\n"), "test"))
        .isEqualTo(QUESTION + " " + ANSWER);
    assertThat(first(write("solved.txt", QUESTION + "\n"), "test"))
        .isEqualTo(QUESTION + " " + ANSWER);
    Path zipped = folder.resolve("test.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write((HEADER + row).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(first(zipped, "test")).isEqualTo(QUESTION + " " + ANSWER);
    assertThat(first(folder, "train")).isEqualTo(QUESTION + " " + ANSWER);
  }

  @Test
  void errorsNameFileAndLine() throws IOException {
    refused("mine," + QUESTION + "," + ANSWER + "\n", "line 2", "3 columns, expected 4");
    refused("mine," + QUESTION.substring(1) + "," + ANSWER + ",3\n", "line 2", "15 cells");
    refused("mine," + QUESTION + "1," + ANSWER + ",3\n", "line 2", "17 cells");
    refused(
        "mine," + QUESTION.replace('4', 'x') + "," + ANSWER + ",3\n", "line 2", "character 'x'");
    refused(
        "mine,33" + QUESTION.substring(2) + "," + ANSWER + ",3\n", "line 2", "row 1 holds 3 twice");
    refused(
        "mine," + QUESTION + "," + ANSWER.replace("2341", "2342") + ",3\n",
        "line 2",
        "the answer is wrong");
    refused("mine," + QUESTION + "," + QUESTION + ",3\n", "line 2", "is empty");
    assertThatThrownBy(() -> provider.open(write("several.txt", ".".repeat(16) + "\n"), Map.of()))
        .hasMessageContaining("several.txt: line 1: the puzzle has several solutions");
  }

  private void refused(String row, String... parts) throws IOException {
    Path file = write("bad.csv", HEADER + row);
    assertThatThrownBy(() -> provider.open(file, Map.of()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("bad.csv")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).hasLineCount(1));
    write("bad.csv", HEADER + row + "mine," + QUESTION + "," + ANSWER + ",3\n");
    try (Dataset dataset = provider.open(file, Map.of("skipInvalid", "true"))) {
      assertThat(dataset.split("test").size()).isEqualTo(1);
      assertThat(dataset.skipped()).hasSize(1);
      assertThat(dataset.skipped().getFirst().line()).isEqualTo(2);
      assertThat(dataset.skipped().getFirst().reason()).contains(parts[parts.length - 1]);
    }
  }
}
