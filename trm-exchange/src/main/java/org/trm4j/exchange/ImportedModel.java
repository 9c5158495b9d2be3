package org.trm4j.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.DurableFile;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;

/**
 * A published model as this library has it.
 *
 * @param model its description and parameters
 * @param training by which it goes on training
 * @param notes what was found out or decided, a line each
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record ImportedModel(SavedModel model, TrainingConfig training, List<String> notes) {
  /** Copies the notes. */
  public ImportedModel {
    notes = List.copyOf(notes);
  }

  /**
   * Writes a run folder: {@code model.safetensors} and {@code config.json}. A folder that holds a
   * run is refused.
   */
  public void write(Path folder) {
    RunFolder run = new RunFolder(folder);
    if (Files.exists(run.modelFile()) || Files.exists(run.configFile())) {
      throw new CheckpointException(
          "run folder %s: holds a run already; choose another folder".formatted(folder));
    }
    try {
      DurableFile.createFolder(folder);
      ModelFiles.write(run.modelFile(), model);
      ByteBuffer config =
          ByteBuffer.wrap(TrainingConfigs.toJson(training).getBytes(StandardCharsets.UTF_8));
      DurableFile.replace(
          run.configFile(),
          channel -> {
            while (config.hasRemaining()) {
              channel.write(config);
            }
          });
    } catch (InternalError e) {
      throw CheckpointImport.changed(
          Path.of(model.metadata().getOrDefault(CheckpointImport.FILE, "")), e);
    } catch (IOException e) {
      throw new CheckpointException("run folder %s: cannot be written: %s".formatted(folder, e), e);
    }
  }
}
