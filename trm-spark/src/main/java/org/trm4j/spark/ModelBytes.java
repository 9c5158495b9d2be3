package org.trm4j.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trm4j.Trm;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.pretrained.PretrainedModel;

/** A model file for the broadcast. A plain class, because not every serializer supports records. */
final class ModelBytes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String digest;
  private final byte[] content;

  private ModelBytes(String digest, byte[] content) {
    this.digest = digest;
    this.content = content;
  }

  /** Returns the SHA-256 of the content, in hexadecimal; it identifies open models on executors. */
  String digest() {
    return digest;
  }

  static ModelBytes of(byte[] content) {
    return new ModelBytes(Sha256.of(content), content);
  }

  /**
   * Reads a model file or a run folder from any file system that Hadoop reads, or a model in the
   * box by its name. A file with that name takes precedence.
   */
  static ModelBytes read(String location, Configuration hadoop) {
    Path path = new Path(location);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (!files.exists(path)) {
        return pretrained(location, path);
      }
      if (files.getFileStatus(path).isDirectory()) {
        Path best = new Path(path, ModelFiles.BEST_FILE_NAME);
        path = files.exists(best) ? best : new Path(path, ModelFiles.FILE_NAME);
      }
      try (InputStream in = files.open(path)) {
        return of(in.readAllBytes());
      }
    } catch (FileNotFoundException e) {
      throw new CheckpointException(
          "%s: holds no %s: no run folder, or a run that has saved nothing yet"
              .formatted(location, ModelFiles.FILE_NAME),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be read: %s".formatted(location, e), e);
    }
  }

  private static ModelBytes pretrained(String name, Path path) throws IOException {
    List<String> names =
        Trm.standard().models().stream().map(model -> model.description().name()).toList();
    if (!names.contains(name)) {
      throw new CheckpointException(
          "%s: no such model file or run folder (looked at as %s), and no model in the box has that name; there: %s"
              .formatted(name, path.toUri(), names.isEmpty() ? "none" : String.join(", ", names)));
    }
    PretrainedModel model = Trm.standard().model(name);
    return written(model.read());
  }

  /** Returns the file to which a model would be written. */
  static ModelBytes written(SavedModel model) throws IOException {
    java.nio.file.Path folder = Files.createTempDirectory("trm-model");
    java.nio.file.Path file = folder.resolve(ModelFiles.FILE_NAME);
    try {
      ModelFiles.write(file, model);
      return of(Files.readAllBytes(file));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /** Returns the model. */
  SavedModel saved() {
    return ModelFiles.read(new java.io.ByteArrayInputStream(content), "the broadcast model");
  }
}
