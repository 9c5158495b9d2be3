package org.trm4j.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.PuzzleDomain.GridShape;
import org.trm4j.model.ModelConfig;
import org.trm4j.task.ParameterLayout;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;

class TrainingConfigsTest {
  @TempDir Path folder;

  private static TrainingConfig demo() {
    return TrainingConfigs.recipe("demo");
  }

  static List<String> recipes() {
    return TrainingConfigs.recipes();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipesSurviveAFile(String name) throws Exception {
    TrainingConfig recipe = TrainingConfigs.recipe(name);
    assertThat(recipe.name()).isEqualTo(name);
    Path file = folder.resolve("config.json");
    Files.writeString(file, TrainingConfigs.toJson(recipe));
    assertThat(TrainingConfigs.read(file)).isEqualTo(recipe);
    assertThat(TrainingConfigs.recipeOrFile(file.toString())).isEqualTo(recipe);
  }

  @ParameterizedTest
  @CsvSource({
    "sudoku-mlp, 81, 11, 6, 5028866",
    "sudoku-att, 81, 11, 6, 6828034",
    "maze-att, 900, 6, 4, 6822914",
    "arc-att, 900, 12, 4, 6829058"
  })
  void recipesHaveThePublishedSizes(
      String name, int seqLen, int vocabSize, int cycles, long parameters) {
    TrainingConfig recipe = TrainingConfigs.recipe(name);
    ModelDescription description =
        new ModelDescription(
            recipe.model().config(seqLen, vocabSize, 1),
            recipe.recursion().policy(),
            recipe.recursion().arguments(),
            "",
            Map.of());
    assertThat(ParameterLayout.trainedCount(description.plan().parameters(), false))
        .isEqualTo(parameters);
    assertThat(recipe.recursion().arguments()).containsEntry("T", 3).containsEntry("n", cycles);
    assertThat(recipe.run().batch()).isEqualTo(768);
    assertThat(recipe.halting())
        .isEqualTo(recipe.toBuilder().maxSteps(16).explorationProbability(0.1).build().halting());
  }

  /** Each trains without a file, on puzzles without end, and the learning rate ends at 0. */
  @ParameterizedTest
  @CsvSource({"sudoku-9, 81, 11", "sudoku-6, 36, 8"})
  void recipesForLongTraining(String name, int seqLen, int vocabSize) {
    TrainingConfig recipe = TrainingConfigs.recipe(name);
    assertThat(recipe.data().options()).containsEntry("train", "endless");
    assertThat(recipe.data().path()).isEmpty();
    assertThat(recipe.model().config(seqLen, vocabSize, 1).length()).isEqualTo(seqLen);
    OptimizerSettings.Schedule schedule = recipe.schedule();
    assertThat(schedule.at(1, recipe.run().steps())).isZero();
    assertThat(schedule.at(1, recipe.run().steps() / 2)).isBetween(0.45, 0.55);
    assertThat(recipe.run().checkpointEvery()).isPositive();
  }

  /** Without a file, on mazes without end, with what lets a convolution learn them. */
  @Test
  void theRecipeForMazes() {
    TrainingConfig recipe = TrainingConfigs.recipe("maze-15");
    assertThat(recipe.data().options())
        .containsEntry("train", "endless")
        .containsEntry("size", "15");
    assertThat(recipe.data().path()).isEmpty();
    assertThat(recipe.model().mixer()).isEqualTo(ModelConfig.Mixer.CONVOLUTION);
    assertThat(recipe.recursion().policy()).isEqualTo("trm-grid");
    assertThat(recipe.halting().staggered()).isTrue();
    assertThat(recipe.model().config(new OtherGrid(225, new GridShape(15, 15, 15, 15)), 1).length())
        .isEqualTo(225);
    OptimizerSettings.Schedule schedule = recipe.schedule();
    assertThat(schedule.at(1, 25)).isBetween(0.45, 0.55);
    assertThat(schedule.at(1, recipe.run().steps())).isEqualTo(1.0);
  }

  /** The grid is the data's; the recipe says only how large the kernel is. */
  @Test
  void aConvolutionTakesItsGridFromTheData() {
    ModelSettings model =
        TrainingConfigs.recipe("maze-15").toBuilder().kernelSize(5).build().model();
    GridShape oblong = new GridShape(3, 5, 3, 5);
    ModelConfig config = model.config(new OtherGrid(15, oblong), 1);
    assertThat(config.seqLen()).isEqualTo(15);
    assertThat(config.vocabSize()).isEqualTo(4);
    assertThat(config.gridColumns()).isEqualTo(5);
    assertThat(config.kernelSize()).isEqualTo(5);
    assertThatThrownBy(() -> model.config(15, 4, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("gridColumns is 0, expected the columns of the grid");
    OtherGrid odd = new OtherGrid(16, oblong);
    assertThatThrownBy(() -> model.config(odd, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("3 x 5, expected rows x columns = 16; return such a grid");
    // Another mixer needs no grid.
    assertThat(TrainingConfigs.recipe("sudoku-9").model().config(odd, 1).gridColumns()).isZero();
  }

  @Test
  void refusesFilesWithUnknownOrMissingKeys() throws Exception {
    String json = TrainingConfigs.toJson(demo());
    Path file = folder.resolve("c.json");
    Files.writeString(file, json.replace("\"batch\"", "\"bach\""));
    assertThatThrownBy(() -> TrainingConfigs.read(file))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("c.json: training configuration: run.batch: is missing");
    Files.writeString(file, json.replace("\"batch\"", "\"bach\": 3, \"batch\""));
    assertThatThrownBy(() -> TrainingConfigs.read(file))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("c.json: training configuration: run.bach: unknown key; keys: ")
        .hasMessageContaining("batch, ");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> TrainingConfigs.read(file)).isInstanceOf(TrainingException.class);
    assertThatThrownBy(() -> TrainingConfigs.recipe("sudoku"))
        .hasMessageContaining("found: demo, ");
    assertThatThrownBy(() -> TrainingConfigs.read(folder.resolve("none.json")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void refusesNullAmongArgumentsAndOptions() {
    String json = TrainingConfigs.toJson(demo());
    assertThat(json).contains("\"n\" : 2", "\"options\" : {");
    assertThatThrownBy(
            () -> TrainingConfigs.fromJson("c.json", json.replace("\"n\" : 2", "\"n\" : null")))
        .isInstanceOf(TrainingException.class)
        .hasMessage("training configuration: recursion.arguments.n is null, expected a value");
    assertThatThrownBy(() ->
            TrainingConfigs.fromJson(
                "c.json", json.replace("\"options\" : {", "\"options\" : { \"a\" : null,")))
        .isInstanceOf(TrainingException.class)
        .hasMessage("training configuration: data.options.a is null, expected a value");
  }

  @Test
  void missingSettingsHaveDefaultsAndNewerFormatsAreRefused() {
    String json = TrainingConfigs.toJson(demo());
    assertThat(json).startsWith("{\n  \"format\" : 1,");
    TrainingConfig less =
        TrainingConfigs.fromJson(
            "c.json",
            json.replace("\"format\" : 1,", "")
                .replaceAll(",\\s*\"staggered\" : false", "")
                .replace("\"averageDecay\" : 0.99", "\"beta1\" : 0.9")
                .replaceAll(
                    "\"(evaluateEvery|puzzleEmbLen|kernelSize|explorationProbability)\" : [0-9.]+,?",
                    "")
                .replace("\"puzzleEmbDim\" : 64,", "\"puzzleEmbDim\" : 64")
                .replace("\"maxSteps\" : 16,", "\"maxSteps\" : 16"));
    assertThat(less.run().evaluateEvery()).isZero();
    assertThat(less.halting().staggered()).isFalse();
    assertThat(less.model().puzzleEmbLen()).isZero();
    assertThat(less.model().kernelSize()).isEqualTo(3);
    assertThat(less.optimizer().averageDecay()).isEqualTo(0.999);
    assertThat(less.run().batch()).isEqualTo(demo().run().batch());
    for (String format : new String[] {"2", "0", "\"1\"", "1.5", "null"}) {
      assertThatThrownBy(() ->
              TrainingConfigs.fromJson(
                  "c.json", json.replace("\"format\" : 1", "\"format\" : " + format)))
          .as(format)
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("c.json: training configuration: format");
    }
  }

  @Test
  void aMixtureSurvivesAFile() throws Exception {
    DataSettings.Part easy =
        new DataSettings.Part("sudoku", "", Map.of("size", "4"), Weight.linear(0, 1, 100, 0.5));
    DataSettings.Part own =
        new DataSettings.Part("sudoku", "some/folder", Map.of(), Weight.constant(0.25));
    TrainingConfig config = demo().withData(DataSettings.of(List.of(easy, own), true, "test"));
    Path file = folder.resolve("config.json");
    Files.writeString(file, TrainingConfigs.toJson(config));
    assertThat(Files.readString(file)).contains("\"weight\" : \"0:1,100:0.5\"");
    assertThat(TrainingConfigs.read(file)).isEqualTo(config);
    assertThat(config.data().parts()).containsExactly(easy, own);
    Files.writeString(file, Files.readString(file).replace("0:1,100:0.5", "0:1,0:2"));
    assertThatThrownBy(() -> TrainingConfigs.read(file))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("weight: step 0 twice");
  }
}
