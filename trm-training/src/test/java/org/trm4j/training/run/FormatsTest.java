package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.training.TrainingException;

/** Every file of a run has the number of its format; a newer one is refused and stays as it is. */
class FormatsTest {
  private static final String NEWER = "format 99 of a newer version";

  @TempDir private Path folder;

  private Path run() {
    Path run = folder.resolve("run");
    SmallRuns.train(SmallRuns.config("run.steps=1"), run);
    return run;
  }

  private static byte[] change(Path file, String key, String from, String to) throws Exception {
    Checkpoint read = SafetensorsReader.read(file);
    Map<String, String> metadata = new TreeMap<>(read.metadata());
    assertThat(metadata.get(key)).contains(from);
    metadata.computeIfPresent(key, (k, value) -> value.replace(from, to));
    SafetensorsWriter.write(file, new Checkpoint(read.tensors(), metadata));
    return Files.readAllBytes(file);
  }

  @Test
  void aNewerModelIsRefused() throws Exception {
    Path file = run().resolve("model.safetensors");
    byte[] changed = change(file, ModelFiles.DESCRIPTION_KEY, "\"format\":1", "\"format\":99");
    assertThatThrownBy(() -> TrmModel.open(file).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(NEWER);
    assertThat(Files.readAllBytes(file)).isEqualTo(changed);
  }

  @Test
  void aNewerResumeFileIsRefused() throws Exception {
    Path run = run();
    Path file = run.resolve("resume.safetensors");
    byte[] changed = change(file, "format", "1", "99");
    assertThatThrownBy(() -> SmallRuns.resume(run, "run.steps=2"))
        .isInstanceOfAny(CheckpointException.class, TrainingException.class)
        .hasMessageContaining(NEWER);
    assertThat(Files.readAllBytes(file)).isEqualTo(changed);
  }

  @Test
  void aNewerConfigurationIsRefused() throws Exception {
    Path run = run();
    Path file = run.resolve("config.json");
    String text = Files.readString(file);
    String changed = text.replaceFirst("\"format\" : 1", "\"format\" : 99");
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);
    assertThatThrownBy(() -> SmallRuns.resume(run, "run.steps=2"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(NEWER);
    assertThat(Files.readString(file)).isEqualTo(changed);
    // A wrong value that somebody wrote is not a torn file either.
    String wrong = text.replaceFirst("\"steps\" : 1", "\"steps\" : -1");
    Files.writeString(file, wrong);
    assertThatThrownBy(() -> SmallRuns.resume(run, "run.batch=4"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("run.steps");
    assertThat(Files.readString(file)).isEqualTo(wrong);
  }
}
