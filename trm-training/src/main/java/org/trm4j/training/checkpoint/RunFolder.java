package org.trm4j.training.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.log.MetricsLog;

/**
 * A self-contained folder of a run: {@code config.json}, {@code metrics.jsonl}, {@code
 * model.safetensors} (averaged weights) and {@code resume.safetensors}; after an evaluation {@code
 * best.safetensors} too, and where the loss of a checkpoint has risen far above the lowest {@code
 * before-rise.safetensors}, the resume state before it.
 *
 * @param path the folder
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RunFolder(Path path) {
  static final String BEFORE_RISE = "before-rise.safetensors";
  private static final System.Logger LOG = System.getLogger(RunFolder.class.getName());

  /**
   * Returns the folder of a new run, which need not exist; throws {@link TrainingException} where
   * it holds a checkpoint. A run that ended before its first checkpoint starts again.
   */
  public static RunFolder create(Path folder) {
    RunFolder run = new RunFolder(folder);
    if (Files.exists(run.modelFile()) || Files.exists(run.resumeFile())) {
      throw new TrainingException(
          "run folder %s: holds a run already; resume it, or choose another folder"
              .formatted(folder));
    }
    return run;
  }

  /** Writes the configuration of a new run, and removes the metrics of one that never saved. */
  public void begin(TrainingConfig config) {
    try {
      Files.deleteIfExists(metricsFile());
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be removed: %s".formatted(metricsFile(), e), e);
    }
    write(config);
  }

  /** Creates the folder if there is none, and locks it against other training processes. */
  public RunLock lock() {
    try {
      DurableFile.createFolder(path);
    } catch (IOException e) {
      throw new TrainingException("run folder %s: cannot be made: %s".formatted(path, e), e);
    }
    RunLock lock = RunLock.of(path);
    removeParts();
    return lock;
  }

  /**
   * A process that was killed while it wrote leaves a part file; the holder of the lock may remove
   * it.
   */
  private void removeParts() {
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(path, "*.{json,jsonl,safetensors}.*" + DurableFile.PART)) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new TrainingException("run folder %s: cannot be read: %s".formatted(path, e), e);
    }
  }

  /** Opens the folder of a run; throws {@link TrainingException} where there is none. */
  public static RunFolder open(Path folder) {
    RunFolder run = new RunFolder(folder);
    if (!Files.isRegularFile(run.configFile()) && !Files.isRegularFile(run.resumeFile())) {
      throw new TrainingException(
          "run folder %s: has no config.json, it is not the folder of a run".formatted(folder));
    }
    return run;
  }

  /**
   * Returns the run's configuration; where config.json is missing, empty or torn, the one that the
   * last checkpoint keeps. A whole one that has a wrong value, or is of a newer version, is
   * refused.
   */
  public TrainingConfig config() {
    try {
      return TrainingConfigs.read(configFile());
    } catch (TrainingException e) {
      boolean torn = !TrainingConfigs.isObject(text(configFile()));
      String kept =
          torn && Files.isRegularFile(resumeFile()) ? ResumeState.config(resumeFile()) : "";
      if (kept.isEmpty()) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}; taken from {1} instead",
          e.getMessage(),
          resumeFile().getFileName());
      return TrainingConfigs.fromJson(resumeFile().toString(), kept);
    }
  }

  /** Returns the path of the configuration. */
  public Path configFile() {
    return path.resolve("config.json");
  }

  /** Returns the path of the metrics, one JSON object a line. */
  public Path metricsFile() {
    return path.resolve("metrics.jsonl");
  }

  /** Returns the path of the model. */
  public Path modelFile() {
    return path.resolve(ModelFiles.FILE_NAME);
  }

  /** Returns the path of the best evaluated model; empty if the run has evaluated none. */
  public Path bestFile() {
    return path.resolve(ModelFiles.BEST_FILE_NAME);
  }

  /** Returns the path of the resume state. */
  public Path resumeFile() {
    return path.resolve("resume.safetensors");
  }

  /**
   * Returns the path of the last resume state before the loss rose to more than twice the lowest of
   * a checkpoint; empty while it has not.
   */
  public Path beforeRiseFile() {
    return path.resolve(BEFORE_RISE);
  }

  /** Returns the step of the state before the loss rose; -1 where there is none. */
  public long beforeRiseStep() {
    return Files.isRegularFile(beforeRiseFile())
        ? ResumeState.read(beforeRiseFile()).counters().step()
        : -1;
  }

  /**
   * Keeps the resume state that is about to be replaced; a process that was killed may have left an
   * older one.
   */
  public void keepBeforeRise() {
    if (Files.exists(resumeFile())) {
      copy(resumeFile(), beforeRiseFile());
    }
  }

  /** Removes the state before the loss rose, as the loss has come down again. */
  public void forgetBeforeRise() {
    try {
      Files.deleteIfExists(beforeRiseFile());
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be removed: %s".formatted(beforeRiseFile(), e), e);
    }
  }

  /** Returns the state that {@link #rewind} goes back to; throws where there is none. */
  public Path rewindFile() {
    if (!Files.isRegularFile(beforeRiseFile())) {
      throw new TrainingException(
          "run folder %s: the loss of its last checkpoint had not risen; resume without --rewind"
              .formatted(path));
    }
    return beforeRiseFile();
  }

  /** Puts the state before the loss rose in the place of the last; for the holder of the lock. */
  public void rewind() {
    copy(rewindFile(), resumeFile());
    forgetBeforeRise();
  }

  private static void copy(Path from, Path to) {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
      DurableFile.replace(
          to,
          channel -> {
            for (long at = 0; at < in.size(); ) {
              at += in.transferTo(at, in.size() - at, channel);
            }
          });
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be written: %s".formatted(to, e), e);
    }
  }

  /** Writes changed settings, and removes metrics of steps after the checkpoint. */
  public void continueWith(TrainingConfig config, long step) {
    if (!TrainingConfigs.toJson(config).equals(text(configFile()))) {
      write(config);
    }
    if (Files.exists(metricsFile())) {
      replace(metricsFile(), MetricsLog.upTo(metricsFile(), step));
    }
  }

  private void write(TrainingConfig config) {
    replace(configFile(), TrainingConfigs.toJson(config));
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      // Broken text is replaced.
      return "";
    }
  }

  private static void replace(Path file, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try {
      DurableFile.replace(
          file,
          channel -> {
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
          });
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
