package org.trm4j.training.leakage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.run.TrainerFactory;

class LeakageTest {
  private static final String HEADER = "source,question,answer,rating\n";
  private static final String ONE = "s,1..4..122..3.32.,1234341221434321,0\n";

  /** The puzzle of {@link #ONE} with 1 and 2, and 3 and 4, renamed. */
  private static final String RENAMED = "s,2..3..211..4.41.,2143432112343412,0\n";

  private static final String OTHER = "s,.234341221434321,1234341221434321,0\n";

  @TempDir Path folder;

  private static TrainingConfig config(DataSettings data) {
    return SettingsText.with(
            TrainingConfigs.recipe("demo"),
            List.of(
                "hiddenSize=8",
                "numHeads=2",
                "puzzleEmbDim=8",
                "recursion.arguments.layers=1",
                "run.steps=6",
                "run.batch=8",
                "run.evaluateEvery=-1",
                "halting.maxSteps=1"))
        .withData(data);
  }

  private static void train(TrainingConfig config, Path run) {
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of()).start(config, dataset, backend, run).run();
    }
  }

  private static LeakageReport check(Path run) {
    RunFolder folder = RunFolder.open(run);
    try (Dataset dataset = folder.config().data().open()) {
      return Leakage.of(folder, dataset, done -> {});
    }
  }

  private static DataSettings.Part part(String location, String weight) {
    return DataSettings.Part.of(DataText.locate(location), Weight.parse(weight));
  }

  @Test
  void generatedPuzzlesAreInNoPosition() {
    String[] locations = {
      "sudoku:size=4,train=endless,test=20", "sudoku:size=4,train=endless,test=5,seed=2"
    };
    DataSettings mixture =
        DataSettings.of(List.of(part(locations[0], "1"), part(locations[1], "2")), true, "test");
    train(config(mixture), folder.resolve("mixture"));
    LeakageReport report = check(folder.resolve("mixture"));
    assertThat(report.leaked()).as(String.join("; ", report.first())).isZero();
    // Each sequence has one step, so that every step takes a batch.
    assertThat(report.positions()).isEqualTo(48);
    assertThat(report.checked()).isEqualTo(48);
    assertThat(report.tested()).isPositive();
  }

  @Test
  void aRenamedPuzzleIsFound() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("train.csv"), HEADER + OTHER + ONE);
    Files.writeString(data.resolve("test.csv"), HEADER + RENAMED);
    Path run = folder.resolve("run");
    train(config(DataSettings.of(List.of(part(data + "?size=4", "1")), true, "test")), run);
    LeakageReport report = check(run);
    assertThat(report.leaked()).isEqualTo(1);
    assertThat(report.first()).containsExactly("training example 1");
    Files.writeString(data.resolve("test.csv"), HEADER + OTHER);
    assertThatThrownBy(() -> check(run))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("it has changed");
  }
}
