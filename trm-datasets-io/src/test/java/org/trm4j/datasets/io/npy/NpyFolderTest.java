package org.trm4j.datasets.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.datasets.io.sudoku.SudokuFiles;
import org.trm4j.datasets.maze.MazeProvider;
import org.trm4j.datasets.sudoku.SudokuProvider;

class NpyFolderTest {
  @TempDir private Path folder;

  private Path build(DatasetProvider provider, Map<String, String> options, int augmentations) {
    Path out = folder.resolve("built");
    try (Dataset dataset = provider.generate(options)) {
      new FolderBuild(augmentations, 3).write(dataset, out);
    }
    return out;
  }

  private static Map<String, String> small(String size) {
    return Map.of("size", size, "train", "7", "test", "3");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    SudokuProvider provider = new SudokuProvider();
    Path out = build(provider, small("4"), 5);
    try (Dataset original = provider.generate(small("4"));
        Dataset read = Trm.standard().read(provider.id(), out, Map.of())) {
      NpySplit train = (NpySplit) read.split("train");
      assertThat(train.size()).isEqualTo(42);
      assertThat(train.groups()).isEqualTo(7);
      assertThat(train.puzzles()).isEqualTo(42);
      assertThat(train.metadata()).isEqualTo(new NpyMetadata(16, 6, 0, 1, 7, 1.0, 42));
      Set<String> forms = new HashSet<>();
      for (int i = 0; i < train.size(); i++) {
        Example example = train.get(i);
        if (i % 6 == 0) {
          assertThat(example.tokens()).isEqualTo(original.split("train").get(i / 6).tokens());
        }
        assertThat(
                read.domain()
                    .verifier()
                    .orElseThrow()
                    .verify(example.tokens(), example.labels())
                    .correct())
            .isTrue();
        assertThat(
                read.domain()
                    .symmetry()
                    .orElseThrow()
                    .same(example.tokens(), train.get(i / 6 * 6).tokens()))
            .isTrue();
        forms.add(read.domain().codec().decode(example.tokens()));
      }
      assertThat(forms).hasSizeGreaterThan(30);
      assertThat(read.split("test").size()).isEqualTo(3);
      assertThat(read.split("test").get(2).labels())
          .isEqualTo(original.split("test").get(2).labels());
      assertThat(out.resolve("identifiers.json")).hasContent("[\"<blank>\"]");
      ExampleStream stream = read.trainingStream(1, true);
      ExampleStream skipped = read.trainingStream(1, true);
      skipped.skip(11);
      for (int i = 0; i < 11; i++) {
        assertThat(stream.next().tokens()).hasSize(16);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(skipped.next().tokens()).isEqualTo(stream.next().tokens());
      }
    }
  }

  @Test
  void mazesGetTheirEightSymmetriesInOrder() {
    MazeProvider provider = new MazeProvider();
    Path out = build(provider, small("5"), 7);
    try (Dataset original = provider.generate(small("5"));
        Dataset read = Trm.standard().read(provider.id(), out, Map.of())) {
      assertThat(read.split("train").size()).isEqualTo(56);
      int[] maze = original.split("train").get(1).tokens();
      assertThat(read.split("train").get(8).tokens()).isEqualTo(maze);
      int[] turned = read.split("train").get(9).tokens();
      for (int i = 0; i < 25; i++) {
        assertThat(turned[i]).isEqualTo(maze[i % 5 * 5 + 4 - i / 5]);
      }
    }
    assertThatThrownBy(() -> build(provider, small("5"), 7)).hasMessageContaining("is not empty");
    folder = folder.resolve("other");
    assertThatThrownBy(() -> build(provider, small("5"), 8))
        .hasMessageContaining("at most 7 for maze");
  }

  /** The header that numpy 2 writes: padded with spaces to 128 bytes, ended by a line feed. */
  @Test
  void headersAreThoseOfNumpy() throws IOException {
    Path out = build(new SudokuProvider(), small("4"), 0);
    byte[] bytes = Files.readAllBytes(out.resolve("train/all__inputs.npy"));
    String header = new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (7, 16), }";
    assertThat(header)
        .isEqualTo(
            "\u0093NUMPY\u0001\u0000v\u0000" + text + " ".repeat(117 - text.length()) + "\n");
    assertThat(bytes).hasSize(128 + 7 * 16);
    assertThat(Files.readAllBytes(out.resolve("test/all__puzzle_indices.npy"))).hasSize(128 + 16);
  }

  @Test
  void indicesThatLieAreRefused() throws IOException {
    Path out = build(new SudokuProvider(), small("4"), 0);
    spoil(out, "all__puzzle_indices.npy", 132, "entry 2 is 2, expected more than 77");
    spoil(out, "all__puzzle_indices.npy", 128, "entry 0 is 77, expected 0");
    spoil(out, "all__puzzle_indices.npy", 128 + 28, "ends at 77, expected 7");
    spoil(out, "all__group_indices.npy", 128 + 28, "ends at 77, expected 7");
    spoil(out, "all__puzzle_identifiers.npy", 128, "entry 0 is 77, expected 0 to 0");
    Files.delete(out.resolve("train/all__labels.npy"));
    assertThatThrownBy(() -> new SudokuFiles().open(out, Map.of()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("all__labels.npy");
  }

  private static void spoil(Path out, String name, int at, String reason) throws IOException {
    Path file = out.resolve("train").resolve(name);
    byte[] good = Files.readAllBytes(file);
    byte[] bad = good.clone();
    bad[at] = 77;
    Files.write(file, bad);
    assertThatThrownBy(() -> new SudokuFiles().open(out, Map.of()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("train")
        .hasMessageContaining(reason);
    Files.write(file, good);
  }
}
