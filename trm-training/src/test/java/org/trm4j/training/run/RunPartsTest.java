package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.training.run.SmallRuns.assertSameWeights;
import static org.trm4j.training.run.SmallRuns.config;
import static org.trm4j.training.run.SmallRuns.resume;
import static org.trm4j.training.run.SmallRuns.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunCounters;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.checkpoint.RunParts;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;

/** A run in parts goes on where it was. */
class RunPartsTest {
  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void trainsARun() {
    run = folder.resolve("run");
    train(config("puzzleEmbDim=0"), run);
  }

  private Path parts(String name, boolean compact) {
    Path parts = folder.resolve(name);
    RunParts.write(run, parts, compact, RunParts.MOST);
    return parts;
  }

  private Path joined(Path parts, String name) {
    Path joined = folder.resolve(name);
    RunParts.join(parts, joined);
    return joined;
  }

  @Test
  void goesOnBitForBit() throws Exception {
    Path again = joined(parts("parts", false), "again");
    for (String file : List.of("config.json", "metrics.jsonl", "resume.safetensors")) {
      assertThat(again.resolve(file)).as(file).hasSameBinaryContentAs(run.resolve(file));
    }
    resume(again, "run.steps=8");
    resume(run, "run.steps=8");
    assertSameWeights(again, run);
    try (var files = Files.list(folder.resolve("parts"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("parts.txt", "part-001");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trm", "eqr"})
  void aCompactStateGoesOnAlikeEveryTime(String policy) {
    Path other = folder.resolve("other");
    run = other;
    train(config("recursion.policy=" + policy, "puzzleEmbDim=0", "halting.maxSteps=1"), other);
    Path first = joined(parts("first", true), "one");
    Path second = joined(parts("second", true), "two");
    resume(first, "run.steps=8");
    resume(second, "run.steps=8");
    assertSameWeights(first, second);
    // What was resumed in full can be carried and resumed in full.
    run = first;
    Path third = joined(parts("third", false), "three");
    resume(third, "run.steps=10");
    resume(first, "run.steps=10");
    assertSameWeights(third, first);
  }

  /** The run is at its end: its model is the one that was carried, and a longer run goes on. */
  @Test
  void aCompactStateIsResumedWithoutAFurtherStep() {
    Path still = joined(parts("first", true), "still");
    resume(still, "run.steps=4");
    assertSameWeights(still, run);
    Path straight = joined(parts("second", true), "straight");
    resume(still, "run.steps=8");
    resume(straight, "run.steps=8");
    assertSameWeights(still, straight);
  }

  @Test
  void aCompactStateHasNoSlotsAndHalfTheMoments() {
    Path state = joined(parts("parts", true), "again").resolve("resume.safetensors");
    Checkpoint full = SafetensorsReader.read(run.resolve("resume.safetensors"));
    Checkpoint compact = SafetensorsReader.read(state);
    assertThat(compact.metadata()).containsEntry("step", "4");
    assertThat(compact.tensors().tensors().keySet())
        .noneMatch(name -> name.startsWith("carry.") || name.startsWith("slots."));
    compact
        .tensors()
        .tensors()
        .forEach((name, tensor) -> {
          boolean moment = name.startsWith("optimizer.m.") || name.startsWith("optimizer.v.");
          assertThat(compact.types()).containsEntry(name, moment ? "BF16" : "F32");
          if (!moment && !name.equals("slots_anew")) {
            float[] expected = full.tensors().get(name).toArray();
            assertThat(tensor.toArray()).as(name).isEqualTo(expected);
          }
        });
  }

  /** Its loss had risen: the state before that stays behind, and none is made of a later one. */
  @Test
  void leavesOutTheStateBeforeTheLossRoseAndSaysSo() throws Exception {
    Path risen = folder.resolve("risen");
    train(config("puzzleEmbDim=0", "run.steps=20", "run.checkpointEvery=5"), risen);
    String[] wild = {"optimizer.learningRate=30", "optimizer.warmupSteps=0", "run.steps=30"};
    resume(risen, wild);
    Path kept = RunFolder.open(risen).beforeRiseFile();
    assertThat(kept).isRegularFile();
    for (boolean compact : new boolean[] {false, true}) {
      Path parts = folder.resolve("carried-" + compact);
      RunParts.Carried written = RunParts.write(risen, parts, compact, RunParts.MOST);
      assertThat(written.leftOut()).isEqualTo("before-rise.safetensors");
      assertThat(Files.readString(parts.resolve("parts.txt")))
          .contains("left-out before-rise.safetensors " + Files.size(kept) + " ");
      Path joined = folder.resolve("joined-" + compact);
      assertThat(RunParts.join(parts, joined)).isEqualTo(written);
      List<Double> rises = new ArrayList<>();
      SmallRuns.with(
          RunFolder.open(joined).config(),
          (factory, dataset, backend) ->
              factory.resume(
                  joined,
                  dataset,
                  backend,
                  config -> SettingsText.with(config, List.of("run.steps=35"))),
          new TrainingListener() {
            @Override
            public void lossRose(long step, double loss, double lowest, Path where) {
              rises.add(loss);
            }
          });
      RunCounters counters = ResumeState.read(joined.resolve("resume.safetensors")).counters();
      assertThat(counters.lossMean()).isGreaterThan(2 * counters.lossLowest());
      assertThat(joined.resolve("before-rise.safetensors")).doesNotExist();
      assertThat(rises).as("advice to go back to what is not there").isEmpty();
    }
    assertThat(RunParts.write(run, folder.resolve("calm"), false, RunParts.MOST).leftOut())
        .isEmpty();
  }

  @Test
  void refusesARunThatIsTooLarge() {
    Path parts = folder.resolve("parts");
    assertThatThrownBy(() -> RunParts.write(run, parts, false, 1000))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(" MiB, expected at most 0.0 MiB; a compact state is smaller");
    assertThat(parts).isEmptyDirectory();
  }

  @Test
  void refusesPartsThatAreMissingOrDamaged() throws Exception {
    Path parts = parts("parts", false);
    Path part = parts.resolve("part-001");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    refused(parts, "it is damaged, copy it again");
    Files.write(part, new byte[7]);
    refused(parts, "part-001: 7 bytes, expected " + bytes.length);
    Files.delete(part);
    refused(parts, "part-001: is missing");
    Path list = parts.resolve("parts.txt");
    String text = Files.readString(list);
    Files.writeString(list, text.replace("config.json", "../config.json"));
    refused(parts, "file ../config.json");
    Files.writeString(list, "");
    refused(parts, "begins with nothing, expected trm run parts 1");
    Files.delete(list);
    refused(parts, "parts.txt: is missing");
  }

  private void refused(Path parts, String message) {
    Path again = folder.resolve("again");
    assertThatThrownBy(() -> RunParts.join(parts, again))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(message);
    assertThat(again).doesNotExist();
  }

  @Test
  void overwritesNothing() {
    Path parts = parts("parts", false);
    assertThatThrownBy(() -> RunParts.join(parts, run)).hasMessageContaining("is not empty");
    assertThatThrownBy(() -> RunParts.write(run, parts, false, RunParts.MOST))
        .hasMessageContaining("is not empty");
    assertThatThrownBy(() -> RunParts.write(folder, folder.resolve("x"), false, 1))
        .hasMessageContaining("it is not the folder of a run");
  }
}
