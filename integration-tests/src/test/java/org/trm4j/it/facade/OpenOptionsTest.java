package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Answer;
import org.trm4j.OpenOptions;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.identity.IdentifierNames;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plugin.PluginException;

/** The ways in which a host opens a model. */
class OpenOptionsTest {
  private static final OpenOptions SCALAR =
      OpenOptions.DEFAULT.withBackend("cpu-scalar").withThreads(1);

  @TempDir private Path folder;

  private Path file() {
    Path file = folder.resolve("model.safetensors");
    if (!Files.exists(file)) {
      ModelFiles.write(file, Models.sudoku());
    }
    return file;
  }

  @Test
  void backendAndThreadsAreThoseOfTheOptions() {
    try (TrmModel model = TrmModel.open(file(), SCALAR)) {
      assertThat(model.device()).startsWith("cpu-scalar").contains("1 thread");
    }
    assertThatThrownBy(() -> TrmModel.open(file(), SCALAR.withBackend("cpu-imaginary")))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("unknown backend cpu-imaginary; found: ");
    assertThatThrownBy(() -> OpenOptions.DEFAULT.withThreads(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: -1, expected at least 1, or 0 for all processors");
    assertThatThrownBy(() -> OpenOptions.DEFAULT.withBackend(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("backend: nothing was given");
  }

  @Test
  void aResourceOpensBySomeClassOfItsJar() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("app/models"));
    Files.copy(file(), classes.resolve("model.safetensors"));
    String name = Resources.class.getName().replace('.', '/') + ".class";
    Path own = folder.resolve("app").resolve(name);
    Files.createDirectories(own.getParent());
    try (var in = Resources.class.getResourceAsStream("/" + name)) {
      Files.copy(in, own);
    }
    URL[] app = {folder.resolve("app").toUri().toURL()};
    // No parent: a class of the application's own jar, not the one of these tests.
    try (URLClassLoader loader = new URLClassLoader(app, null)) {
      Class<?> owner = loader.loadClass(Resources.class.getName());
      try (TrmModel model = TrmModel.openResource(owner, "/models/model.safetensors", SCALAR);
          TrmModel ofFile = TrmModel.open(file(), SCALAR)) {
        assertThat(model.solve(Models.PUZZLE)).isEqualTo(ofFile.solve(Models.PUZZLE));
      }
      assertThatThrownBy(() -> TrmModel.openResource(owner, "model.safetensors", SCALAR))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("model.safetensors: no such resource, looked for by ")
          .hasMessageEndingWith("begin with / for one from the root of the jar or module");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** A class that another class loader loads again. */
  static final class Resources {}

  @Test
  void pluginsComeFromTheClassLoaderThatIsGiven() throws IOException {
    SavedModel saved = Models.sudoku();
    try (URLClassLoader child = new URLClassLoader(new URL[0], Trm.class.getClassLoader());
        TrmModel model = TrmModel.open(saved, SCALAR.withClassLoader(child))) {
      assertThat(model.domain()).isPresent();
    }
    OpenOptions stranger = SCALAR.withClassLoader(ClassLoader.getPlatformClassLoader());
    assertThatThrownBy(() -> TrmModel.open(saved, stranger))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("does not see org.trm4j.backend.spi.BackendProvider");
    assertThatThrownBy(() -> Trm.standard().open(saved, stranger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("give the class loader to Trm.builder()");
  }

  @ParameterizedTest
  @CsvSource({"sudoku", "arc", "none"})
  void anyModelWarmsUpUnseenAndAnswersAsBefore(String domain) {
    SavedModel saved =
        switch (domain) {
          case "sudoku" -> Models.sudoku();
          case "arc" -> arc();
          default -> Models.model(5, 7, Map.of("T", 1, "n", 1), "", Map.of());
        };
    Answer cold;
    int[] tokens = new int[saved.description().config().seqLen()];
    SolveOptions two = SolveOptions.DEFAULT.withMaxSteps(2);
    try (TrmModel model = TrmModel.open(saved, SCALAR)) {
      cold = model.solve(new Puzzle(tokens, 0), two);
    }
    int[] calls = {0};
    OpenOptions options =
        SCALAR
            .withWarmUp(true)
            .withObserver(many -> {
              calls[0]++;
              return failure -> {};
            });
    try (TrmModel model = TrmModel.open(saved, options)) {
      assertThat(calls[0]).isZero();
      assertThat(model.solve(new Puzzle(tokens, 0), two)).isEqualTo(cold);
      assertThat(calls[0]).isEqualTo(1);
    }
  }

  private static SavedModel arc() {
    SavedModel plain = Models.model(900, 12, Map.of("T", 1, "n", 1), "arc", Map.of());
    return new SavedModel(
        plain.description(), plain.parameters(), IdentifierNames.of(List.of("<blank>")).metadata());
  }

  @Test
  void tasksAreAskedByName() {
    SavedModel plain = Models.model(900, 12, Map.of("T", 1, "n", 1), "arc", Map.of());
    SavedModel named =
        new SavedModel(
            plain.description(),
            plain.parameters(),
            IdentifierNames.of(List.of("007bbfb7")).metadata());
    try (TrmModel model = TrmModel.open(named, SCALAR)) {
      assertThat(model.tasks()).containsExactly("007bbfb7");
      Puzzle puzzle = model.parse("077/777/077", "007bbfb7");
      assertThat(puzzle.puzzleIdentifier()).isZero();
      Answer answer = model.solve(puzzle, SolveOptions.DEFAULT.withMaxSteps(1));
      assertThat(answer.grid().lines()).hasSize(30);
      assertThat(answer.reason()).isNotEmpty();
      assertThatThrownBy(() -> model.parse("077/777/077", "00d62c1b"))
          .isInstanceOf(InvalidPuzzleException.class)
          .hasMessage(
              "task 00d62c1b: the model was not trained on it, expected one of 1, such as 007bbfb7");
    }
    try (TrmModel model = TrmModel.open(plain, SCALAR)) {
      assertThatThrownBy(() -> model.parse("0", "007bbfb7"))
          .isInstanceOf(InvalidPuzzleException.class)
          .hasMessage(
              "task 007bbfb7: the model does not name its tasks, expected a number of 0 to 0");
    }
  }

  /** Identifier 0 is the blank one, which was never trained. */
  @Test
  void aModelOfSeveralTasksTakesNoPuzzleWithoutOne() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(16, 2)
            .tokens(900, 12)
            .puzzleEmbedding(16, 1, 3)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1), "arc", Map.of());
    ParameterSet parameters = ParameterInitializer.initialize(description.plan().parameters(), 5);
    List<String> names = List.of("<blank>", "007bbfb7", "00d62c1b");
    SavedModel named =
        new SavedModel(description, parameters, IdentifierNames.of(names).metadata());
    try (TrmModel model = TrmModel.open(named, SCALAR)) {
      for (ThrowingCallable asked :
          List.<ThrowingCallable>of(
              () -> model.parse("077/777/077"), () -> model.puzzle(new int[900], null))) {
        assertThatThrownBy(asked)
            .isInstanceOf(InvalidPuzzleException.class)
            .hasMessage(
                "puzzle: the model tells 3 tasks apart, expected the name of the one that this puzzle is of, such as 007bbfb7");
      }
      assertThat(model.parse("077/777/077", "00d62c1b").puzzleIdentifier()).isEqualTo(2);
    }
    try (TrmModel model =
        TrmModel.open(new SavedModel(description, parameters, Map.of()), SCALAR)) {
      assertThatThrownBy(() -> model.parse("0"))
          .isInstanceOf(InvalidPuzzleException.class)
          .hasMessageContaining("expected the number of the one that this puzzle is of, 0 to 2");
      assertThatThrownBy(() -> model.parse("0", "3"))
          .isInstanceOf(InvalidPuzzleException.class)
          .hasMessageContaining("expected a number of 0 to 2");
      assertThat(model.parse("0", "2").puzzleIdentifier()).isEqualTo(2);
      Answer answer =
          model.solve(model.puzzle(new int[900], "2"), SolveOptions.DEFAULT.withMaxSteps(1));
      assertThat(answer.steps()).isEqualTo(1);
    }
  }
}
