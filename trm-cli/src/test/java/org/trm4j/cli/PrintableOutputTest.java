package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.terminal.Printable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.training.config.TrainingConfigs;

/** What a file or an argument holds never reaches the terminal as a command to it. */
class PrintableOutputTest {
  /** Sets the title, in both forms of an escape sequence; goes back a line; turns text round. */
  private static final String HOSTILE = "\u001b]0;title\u0007\u009b2A\r\u202e";

  private static final String SHOWN = "\\u001b]0;title\\u0007\\u009b2A";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void saveModel() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(4, 1)
            .tokens(16, 6)
            .puzzleEmbedding(4, 1, 1)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "4"));
    model = folder.resolve("model.safetensors");
    ModelFiles.write(
        model,
        new SavedModel(
            description,
            ParameterInitializer.initialize(description.plan().parameters(), 1),
            Map.of("note", HOSTILE + "\nsecond line")));
  }

  private static void harmless(String text) {
    assertThat(text.chars()).noneMatch(c -> Character.isISOControl(c) && c != '\n');
    assertThat(text).doesNotContain("\u202e");
  }

  @Test
  void metadataOfAModel() {
    Run info = Run.of("info", model);
    assertThat(info.code()).as(info.err()).isZero();
    harmless(info.out());
    assertThat(info.out()).contains("note = " + SHOWN).doesNotContain("\nsecond line");
  }

  @Test
  void jsonStaysWhatItWas() throws Exception {
    Run info = Run.of("info", model, "--json");
    harmless(info.out());
    String note =
        tools.jackson.databind.json.JsonMapper.shared()
            .readTree(info.out())
            .path("metadata")
            .path("note")
            .asString();
    assertThat(note).isEqualTo(HOSTILE + "\nsecond line");
  }

  @Test
  void theNameOfAConfiguration() throws Exception {
    Path config = folder.resolve("config.json");
    String json = TrainingConfigs.toJson(TrainingConfigs.recipe("demo"));
    String hostile = SHOWN + "\\u202e";
    Files.writeString(
        config,
        json.replaceFirst(
            "\"demo\"", java.util.regex.Matcher.quoteReplacement('"' + hostile + '"')));
    Run trained =
        Run.of(
            "train",
            "--data",
            "sudoku:size=4,train=64,test=8",
            "--config",
            config,
            "--out",
            folder.resolve("run"),
            "--steps",
            1,
            "--set",
            "run.batch=2",
            "--backend",
            "cpu-scalar");
    assertThat(trained.code()).as(trained.err()).isZero();
    harmless(trained.out());
    assertThat(trained.out()).contains(SHOWN);
  }

  @Test
  void whatAnErrorQuotes() {
    for (Run run :
        new Run[] {
          Run.of("solve", "--model", model, "--puzzle", HOSTILE),
          Run.of("info", HOSTILE),
          Run.of("eval", "--model", model, "--data", "sudoku:size=4," + HOSTILE + "=1"),
          Run.of(HOSTILE)
        }) {
      assertThat(run.code()).isEqualTo(2);
      harmless(run.err());
      assertThat(run.err()).startsWith("trm: ");
    }
  }

  @Test
  void errorsAreBounded() {
    Run run = Run.of("solve", "--model", model, "--puzzle", "1", "--halt", "x".repeat(10_000_000));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).hasSizeLessThan(3000).contains("characters) ...");
  }

  @Test
  void lettersOfAllScriptsStay() {
    String text = "na\u00efve \u03bb \u6570\u72ec \ud83e\udde9\tcell";
    assertThat(Printable.text(text)).isEqualTo(text);
    assertThat(Printable.text("\ud83e")).isEqualTo("\\ud83e");
    assertThat(Printable.line("a\r\n b\tc")).isEqualTo("a b c");
  }
}
