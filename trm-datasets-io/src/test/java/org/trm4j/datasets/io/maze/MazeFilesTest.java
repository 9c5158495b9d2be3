package org.trm4j.datasets.io.maze;

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
import org.trm4j.datasets.support.RatedSource;

class MazeFilesTest {
  private static final String HEADER = "source,question,answer,rating\n";
  private static final String QUESTION = "S  # # # #     G";
  private static final String ANSWER = "S  #o# #o#  oooG";

  @TempDir private Path folder;
  private final MazeFiles provider = new MazeFiles();

  private Path write(String... rows) throws IOException {
    return Files.writeString(folder.resolve("train.csv"), HEADER + String.join("\n", rows));
  }

  private static String row(String question, String answer, int rating) {
    return "," + question + "," + answer + "," + rating;
  }

  @Test
  void readsCsv() throws IOException {
    Path file = write(row(QUESTION, ANSWER, 7), row(QUESTION, "", 8));
    assertThat(provider.accepts(file)).isTrue();
    assertThat(provider.accepts(folder)).isTrue();
    try (Dataset dataset = provider.open(folder, Map.of())) {
      assertThat(dataset.domain().options()).containsExactlyEntriesOf(Map.of("size", "4"));
      RatedSource train = (RatedSource) dataset.split("train");
      assertThat(train.size()).isEqualTo(2);
      assertThat(train.rating(1)).isEqualTo(8);
      var codec = dataset.domain().codec();
      assertThat(codec.decode(train.get(0).tokens())).isEqualTo(QUESTION);
      assertThat(codec.decode(train.get(0).labels())).isEqualTo(ANSWER);
      assertThat(
              dataset
                  .domain()
                  .verifier()
                  .orElseThrow()
                  .verify(train.get(1).tokens(), train.get(1).labels())
                  .correct())
          .isTrue();
    }
  }

  @Test
  void invalidRowsAreNamed() throws IOException {
    refused(row(QUESTION.substring(1), ANSWER, 1), "15 characters, expected 16");
    refused(row(QUESTION, ANSWER + "#", 1), "17 characters, expected 16");
    refused(row(QUESTION.replace('G', 'S'), ANSWER, 1), "2 S and 0 G");
    refused(row(QUESTION, QUESTION, 1), "the answer is wrong: the path does not connect");
    refused("," + QUESTION + "," + ANSWER, "3 columns, expected 4");
  }

  private void refused(String row, String reason) throws IOException {
    Path file = write(row(QUESTION, ANSWER, 1), row);
    assertThatThrownBy(() -> provider.open(file, Map.of()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("train.csv: line 3: ")
        .hasMessageContaining(reason);
    try (Dataset dataset = provider.open(file, Map.of("skipInvalid", "true"))) {
      assertThat(dataset.split("train").size()).isEqualTo(1);
      assertThat(dataset.skipped()).hasSize(1);
      assertThat(dataset.skipped().getFirst().line()).isEqualTo(3);
      assertThat(dataset.skipped().getFirst().reason()).contains(reason);
    }
  }

  @Test
  void choosesByRatingAndCount() throws IOException {
    String[] rows = new String[40];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(QUESTION, ANSWER, i);
    }
    Path file = write(rows);
    try (Dataset hard = provider.open(file, Map.of("minRating", "10", "maxRating", "19"));
        Dataset sample = provider.open(file, Map.of("minRating", "10", "sample", "12"));
        Dataset same = provider.open(file, Map.of("minRating", "10", "sample", "12"));
        Dataset other =
            provider.open(file, Map.of("minRating", "10", "sample", "12", "seed", "2"))) {
      assertThat(ratings(hard)).hasSize(10).allMatch(rating -> rating >= 10 && rating < 20);
      assertThat(ratings(sample)).hasSize(12).doesNotHaveDuplicates().allMatch(r -> r >= 10);
      assertThat(ratings(same)).isEqualTo(ratings(sample));
      assertThat(ratings(other)).isNotEqualTo(ratings(sample));
    }
    assertThatThrownBy(() -> provider.open(file, Map.of("sample", "41")))
        .hasMessageContaining("holds 40 such puzzles, expected at least 41");
    assertThatThrownBy(() -> provider.open(file, Map.of("minRating", "99")))
        .hasMessageContaining("holds no puzzles of that rating");
  }

  private static java.util.List<Integer> ratings(Dataset dataset) {
    RatedSource train = (RatedSource) dataset.split("train");
    return java.util.stream.IntStream.range(0, train.size()).mapToObj(train::rating).toList();
  }
}
