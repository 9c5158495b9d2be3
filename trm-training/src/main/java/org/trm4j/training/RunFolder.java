package org.trm4j.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.ModelFiles;

/**
 * A folder that describes a run by itself: {@code config.json}, {@code metrics.jsonl}, {@code
 * model.safetensors} (averaged weights) and {@code resume.safetensors}.
 *
 * @param path the folder
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record RunFolder(Path path) {

  /** Makes the folder of a new run; one that ended before its first checkpoint is begun anew. */
  static RunFolder create(Path folder, TrainingConfig config) {
    RunFolder run = new RunFolder(folder);
    if (Files.exists(run.modelFile()) || Files.exists(run.resumeFile())) {
      throw new TrainingException(
          "run folder %s: holds a run already; resume it, or choose another folder"
              .formatted(folder));
    }
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(run.metricsFile());
    } catch (IOException e) {
      throw new TrainingException("run folder %s: cannot be made: %s".formatted(folder, e), e);
    }
    run.write(config);
    return run;
  }

  /** Opens the folder of a run; throws {@link TrainingException} where there is none. */
  public static RunFolder open(Path folder) {
    RunFolder run = new RunFolder(folder);
    if (!Files.isRegularFile(run.configFile())) {
      throw new TrainingException(
          "run folder %s: has no config.json, it is not the folder of a run".formatted(folder));
    }
    return run;
  }

  /** Returns the run's configuration. */
  public TrainingConfig config() {
    return TrainingConfigs.read(configFile());
  }

  /** Returns where the configuration lies. */
  public Path configFile() {
    return path.resolve("config.json");
  }

  /** Returns where the metrics lie, one JSON object a line. */
  public Path metricsFile() {
    return path.resolve("metrics.jsonl");
  }

  /** Returns where the model lies. */
  public Path modelFile() {
    return path.resolve(ModelFiles.FILE_NAME);
  }

  /** Returns where that lies which a resumed run needs. */
  public Path resumeFile() {
    return path.resolve("resume.safetensors");
  }

  /** Notes changed settings, and forgets metrics of steps after the checkpoint. */
  void continueWith(TrainingConfig config, long step) {
    if (!config.equals(config())) {
      write(config);
    }
    if (Files.exists(metricsFile())) {
      replace(metricsFile(), MetricsLog.upTo(metricsFile(), step));
    }
  }

  private void write(TrainingConfig config) {
    replace(configFile(), TrainingConfigs.toJson(config));
  }

  private static void replace(Path file, String text) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
