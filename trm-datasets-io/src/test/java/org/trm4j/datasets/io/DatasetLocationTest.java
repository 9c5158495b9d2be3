package org.trm4j.datasets.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.PluginException;

class DatasetLocationTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("train.csv"),
            "source,question,answer,rating\n,3.1.4..2.......1,3214413214232341,7\n,x,,9\n");
  }

  @Test
  void filesFoldersAndGenerators() {
    assertThat(DataText.locate(file.toString()))
        .isEqualTo(new DatasetLocation("sudoku", file.toString(), Map.of()));
    assertThat(DataText.locate("maze:" + folder))
        .isEqualTo(new DatasetLocation("maze", folder.toString(), Map.of()));
    assertThat(DataText.locate("maze")).isEqualTo(new DatasetLocation("maze", "", Map.of()));
    assertThat(DataText.locate("maze:size=5, seed=2"))
        .isEqualTo(new DatasetLocation("maze", "", Map.of("size", "5", "seed", "2")));
  }

  @Test
  void optionsFollowAQuestionMark() {
    Map<String, String> options = Map.of("skipInvalid", "true", "minRating", "5");
    assertThat(DataText.locate(file + "?skipInvalid=true,minRating=5"))
        .isEqualTo(new DatasetLocation("sudoku", file.toString(), options));
    assertThat(DataText.locate("sudoku:" + file + "?skipInvalid=true,minRating=5"))
        .isEqualTo(new DatasetLocation("sudoku", file.toString(), options));
    try (Dataset dataset = DataText.open(file + "?skipInvalid=true")) {
      assertThat(dataset.split("train").size()).isEqualTo(1);
      assertThat(dataset.skipped()).hasSize(1);
    }
  }

  @Test
  void aFileWhoseNameHasAQuestionMarkIsAFile() throws IOException {
    Path odd = Files.copy(file, folder.resolve("what?seed=1"));
    assertThat(DataText.locate("sudoku:" + odd))
        .isEqualTo(new DatasetLocation("sudoku", odd.toString(), Map.of()));
  }

  /** What has no generator is given files, as its refusal says. */
  @Test
  void whatHasNoGeneratorTakesFiles() throws IOException {
    String pair = "{\"input\": [[1]], \"output\": [[2]]}";
    Path tasks = Files.createDirectory(folder.resolve("tasks"));
    Files.writeString(
        tasks.resolve("a.json"), "{\"train\": [" + pair + "], \"test\": [" + pair + "]}");
    Path mine = folder.resolve("my.jsonl");
    Files.writeString(mine, "{\"question\": \"1./.1\", \"answer\": \"12/21\"}\n");
    Map<String, DatasetProvider> providers = Trm.standard().plugins().datasets().usable();
    assertThatThrownBy(() -> providers.get("arc").generate(Map.of()))
        .hasMessageEndingWith("has no generator; name a folder of tasks");
    assertThatThrownBy(() -> providers.get("grid").generate(Map.of()))
        .hasMessageEndingWith("has no generator; give a file: grid:my.jsonl");
    for (String location : new String[] {"arc:" + tasks, "grid:" + mine}) {
      try (Dataset dataset = DataText.open(location)) {
        assertThat(dataset.splits()).isNotEmpty();
      }
    }
  }

  @Test
  void whatCannotBeReadIsSaid() {
    assertThatThrownBy(() -> DataText.locate(file + "?skip"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("'skip', expected key=value");
    assertThatThrownBy(() -> DataText.locate("no/such/file?a=b"))
        .hasMessageContaining("no/such/file: no such file or folder");
    assertThatThrownBy(() -> DataText.locate("chess:size=3"))
        .hasMessageContaining("no such file or folder, and no data set of that name")
        .hasMessageContaining("maze");
  }
}
