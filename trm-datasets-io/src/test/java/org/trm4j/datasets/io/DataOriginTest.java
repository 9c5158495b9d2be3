package org.trm4j.datasets.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;

class DataOriginTest {
  @TempDir Path folder;

  private static Dataset.Origin origin(String location) {
    try (Dataset dataset = DataText.open(location)) {
      return dataset.origins().getFirst();
    }
  }

  @Test
  void ofGeneratedPuzzlesAllOptionsAndTheVersion() {
    Dataset.Origin origin = origin("sudoku:size=4,train=endless,test=5");
    assertThat(origin.dataset()).isEqualTo("sudoku");
    assertThat(origin.path()).isEmpty();
    assertThat(origin.sha256()).isEmpty();
    assertThat(origin.generatorVersion()).isEqualTo(1);
    assertThat(origin.options())
        .containsEntry("size", "4")
        .containsEntry("train", "endless")
        .containsEntry("seed", "1");
    assertThat(origin.sameContent(origin("sudoku:size=4,train=endless,test=5,seed=1"))).isTrue();
    assertThat(origin.sameContent(origin("sudoku:size=4,train=endless,test=5,seed=2"))).isFalse();
  }

  @Test
  void ofAFileTheDigestOfItsContent() throws Exception {
    Path one = Files.writeString(folder.resolve("one.txt"), "1234341221434321\n");
    Path same = Files.writeString(folder.resolve("same.txt"), "1234341221434321\n");
    Path other = Files.writeString(folder.resolve("other.txt"), "2143432112343412\n");
    Dataset.Origin origin = origin("sudoku:" + one);
    // As sha256sum prints it.
    assertThat(origin.sha256())
        .isEqualTo("9bff869993b031e952981ca5b6afed3b924d08ec7a96870a8f58eb564af671ce");
    assertThat(origin.sameContent(origin("sudoku:" + same))).isTrue();
    assertThat(origin.sameContent(origin("sudoku:" + other))).isFalse();
    assertThat(origin.toString()).contains("one.txt, SHA-256 ").hasSizeLessThan(200);
  }

  @Test
  void ofAFolderTheDigestOfAllItsFiles() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("train.txt"), "1234341221434321\n");
    Files.writeString(data.resolve("test.txt"), "2143432112343412\n");
    Dataset.Origin before = origin("sudoku:" + data);
    assertThat(before.sameContent(origin("sudoku:" + data))).isTrue();
    assertThat(before.sha256()).hasSize(64);
    Files.writeString(data.resolve("test.txt"), "1234341221434321\n");
    assertThat(before.sameContent(origin("sudoku:" + data))).isFalse();
  }
}
