package org.trm4j.it.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.datasets.io.arc.ArcDataset;
import org.trm4j.datasets.io.arc.ArcFolder;
import org.trm4j.datasets.io.npy.FolderBuild;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.PluginException;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;

/** Folders whose files contradict each other are read or refused. */
class FolderFuzzTest {
  private static final Set<Class<? extends RuntimeException>> REFUSALS =
      Set.of(
          DatasetException.class,
          TrainingException.class,
          CheckpointException.class,
          BackendException.class,
          PluginException.class);
  private static final String TASK =
      "{\"train\": [{\"input\": [[1, 2], [3, 4]], \"output\": [[0]]}], \"test\": [{\"input\":"
          + " [[5]], \"output\": [[6, 7]]}]}";

  private static final List<DamagedFolder> FOLDERS = new ArrayList<>();
  private static DamagedFolder sudoku;
  private static DamagedFolder arc;
  private static DamagedFolder run;
  private static DamagedFolder golden;
  private static Dataset puzzles;
  private static Backend backend;

  @BeforeAll
  static void folders() throws IOException {
    puzzles = DataText.open("sudoku:size=4,train=3,test=2");
    backend = Trm.standard().backend("cpu-scalar", 1);
    sudoku = damaged("sudoku", folder -> new FolderBuild(1, 1).write(puzzles, folder));
    DamagedFolder tasks =
        damaged("task", folder -> Files.writeString(folder.resolve("task.json"), TASK));
    arc =
        damaged(
            "arc",
            folder -> {
              try (Dataset read = DataText.open("arc:" + tasks.path() + "?augmentations=2")) {
                ArcFolder.write((ArcDataset) read.unwrap(), folder);
              }
            });
    run = damaged("run", FolderFuzzTest::train);
    golden = damaged("golden", TinyGoldenCase::write);
  }

  private interface Filler {
    void fill(Path folder) throws IOException;
  }

  private static DamagedFolder damaged(String name, Filler filler) throws IOException {
    Path folder = Files.createTempDirectory("fuzz-" + name);
    filler.fill(folder);
    DamagedFolder damaged = DamagedFolder.of(folder);
    FOLDERS.add(damaged);
    return damaged;
  }

  @AfterAll
  static void cleanUp() throws IOException {
    for (DamagedFolder folder : FOLDERS) {
      folder.delete();
    }
    puzzles.close();
    backend.close();
  }

  private static void train(Path folder) {
    TrainingConfig config =
        SettingsText.with(
            TrainingConfigs.recipe("demo"),
            List.of(
                "hiddenSize=4",
                "numHeads=1",
                "puzzleEmbDim=4",
                "recursion.arguments.T=1",
                "recursion.arguments.n=1",
                "recursion.arguments.layers=1",
                "run.steps=2",
                "run.batch=2",
                "run.evaluateEvery=0",
                "run.evaluatePuzzles=1",
                "halting.maxSteps=2"));
    new TrainerFactory(Set.of()).start(config, puzzles, backend, folder).run();
  }

  private static void open(String data) {
    try (Dataset dataset = DataText.open(data)) {
      for (String split : dataset.splits()) {
        ExampleSource source = dataset.split(split);
        for (int i = 0; i < source.size(); i++) {
          assertThat(source.get(i).tokens()).hasSize(dataset.domain().seqLen());
        }
        Evaluator evaluator = dataset.evaluator(split);
        for (int i = 0; i < source.size(); i++) {
          evaluator.accept(i, source.get(i).labels(), 0);
        }
        evaluator.report();
      }
      if (dataset.splits().contains("train")) {
        ExampleStream stream = dataset.trainingStream(1, true);
        for (int i = 0; i < 10; i++) {
          stream.next();
        }
      }
    }
  }

  @FuzzTest
  void builtSudokus(FuzzSeeds seeds) {
    sudoku.fuzz(seeds, REFUSALS, input -> open("sudoku:" + sudoku.path()));
  }

  @FuzzTest
  void builtArcTasks(FuzzSeeds seeds) {
    arc.fuzz(seeds, REFUSALS, input -> open("arc:" + arc.path()));
  }

  @FuzzTest
  void runFolders(FuzzSeeds seeds) {
    run.fuzz(
        seeds,
        REFUSALS,
        input -> {
          SavedModel saved = ModelFiles.read(run.path());
          try (TrmModel model = TrmModel.open(saved, backend)) {
            assertThat(model.parse("1...............").tokens()).hasSize(16);
          }
          Trainer trainer = new TrainerFactory(Set.of()).resume(run.path(), puzzles, backend);
          trainer.requestStop();
          trainer.run();
        });
  }

  @FuzzTest
  void goldenFolders(FuzzSeeds seeds) {
    golden.fuzz(
        seeds,
        REFUSALS,
        input -> {
          for (ParityResult result : ParityRunner.run(golden.path(), backend)) {
            assertThat(result.reason().lines().toList()).hasSizeLessThan(2);
          }
        });
  }

  @Test
  void goodFoldersAreAccepted() {
    open("sudoku:" + sudoku.path());
    open("arc:" + arc.path());
    assertThat(ParityRunner.run(golden.path(), backend))
        .singleElement()
        .satisfies(result -> assertThat(result.reason()).isEmpty());
  }
}
