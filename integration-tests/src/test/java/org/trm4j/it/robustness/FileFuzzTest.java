package org.trm4j.it.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.exchange.CheckpointImport;
import org.trm4j.frontend.DataText;
import org.trm4j.model.ParameterSet;
import org.trm4j.plugin.PluginException;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.parity.GoldenParser;

/** Readers of files: whatever lies in one, it is read or refused by an exception of its module. */
class FileFuzzTest {
  private static final Set<Class<? extends RuntimeException>> REFUSALS =
      Set.of(
          DatasetException.class,
          TrainingException.class,
          CheckpointException.class,
          PluginException.class);
  private static final Path GOLDEN = Path.of("src/test/resources/golden/trm-mlp.json");
  private static final byte[] PUBLISHED =
      """
      arch:
        H_cycles: 3
        L_cycles: 4
        L_layers: 2
        expansion: 4
        hidden_size: 64
        mlp_t: true
        num_heads: 4
        pos_encodings: none
        puzzle_emb_len: 2
        puzzle_emb_ndim: ${.hidden_size}
      lr: 0.0001
      lr_warmup_steps: 2000
      data_paths: [data/x]
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] CSV =
      "source,question,answer,rating\nx,1.3.34.12.4.4.21,1234341221434321,3\ny,....34..2.4.4.21,1234341221434321,0\n"
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] LINES =
      "# two puzzles\n1.3.34.12.4.4.21 1234341221434321\n....34..2.4.4.21\n"
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] TASK =
      "{\"train\": [{\"input\": [[1, 2], [3, 4]], \"output\": [[0]]}], \"test\": [{\"input\": [[5]], \"output\": [[6, 7]]}]}"
          .getBytes(StandardCharsets.UTF_8);

  private static Path folder;
  private static byte[] recipe;
  private static byte[] golden;
  private static byte[] metadata;

  @BeforeAll
  static void files() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    recipe =
        TrainingConfigs.toJson(TrainingConfigs.recipe("demo")).getBytes(StandardCharsets.UTF_8);
    golden = Files.readAllBytes(GOLDEN);
    SafetensorsWriter.write(
        folder.resolve("case.safetensors"), new Checkpoint(new ParameterSet(Map.of()), Map.of()));
    new NpyMetadata(16, 6, 0, 1, 2, 1.0, 2).write(folder);
    metadata = Files.readAllBytes(folder.resolve(NpyMetadata.FILE));
  }

  @AfterAll
  static void cleanUp() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void fuzz(String name, byte[] good, FuzzSeeds seeds, Guarded.Parser parser) {
    seeds.forEach(seed ->
        Guarded.accepts(
            Damage.of(good, seed),
            REFUSALS,
            input -> {
              Files.write(folder.resolve(name), input);
              parser.parse(input);
            }));
  }

  private static void open(String data) {
    try (Dataset dataset = DataText.open(data)) {
      for (String split : dataset.splits()) {
        ExampleSource source = dataset.split(split);
        for (int i = 0; i < source.size(); i++) {
          assertThat(source.get(i).tokens()).hasSize(dataset.domain().seqLen());
        }
      }
    }
  }

  @FuzzTest
  void sudokuCsv(FuzzSeeds seeds) {
    fuzz("train.csv", CSV, seeds, input -> open("sudoku:" + folder.resolve("train.csv")));
  }

  @FuzzTest
  void sudokuLines(FuzzSeeds seeds) {
    fuzz("train.txt", LINES, seeds, input -> open("sudoku:" + folder.resolve("train.txt")));
  }

  @FuzzTest
  void datasetMetadata(FuzzSeeds seeds) {
    fuzz(NpyMetadata.FILE, metadata, seeds, input -> NpyMetadata.read(folder));
  }

  @FuzzTest
  void arcTasks(FuzzSeeds seeds) {
    fuzz("task.json", TASK, seeds, input -> open("arc:" + folder.resolve("task.json")));
  }

  @FuzzTest
  void trainingConfigurations(FuzzSeeds seeds) {
    fuzz(
        "config.json", recipe, seeds, input -> TrainingConfigs.read(folder.resolve("config.json")));
  }

  /** What lies beside a published checkpoint. */
  @FuzzTest
  void importedConfigurations(FuzzSeeds seeds) throws IOException {
    Path checkpoint = folder.resolve("trm-mlp.pt");
    Files.copy(GOLDEN.resolveSibling("trm-mlp.pt"), checkpoint);
    fuzz(
        "trm-mlp.pt.yaml",
        PUBLISHED,
        seeds,
        input -> CheckpointImport.read(checkpoint, Map.of("domain", "none")));
    Files.delete(checkpoint);
  }

  @FuzzTest
  void goldenCases(FuzzSeeds seeds) {
    fuzz("case.json", golden, seeds, input -> GoldenParser.read(folder.resolve("case.json")));
  }
}
