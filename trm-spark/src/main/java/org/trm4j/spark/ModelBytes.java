package org.trm4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.ModelFiles;

/**
 * A model file as the driver broadcasts it.
 *
 * @param digest SHA-256 of the content, in hexadecimal; executors keep opened models by it
 * @param content the safetensors file
 */
@SuppressWarnings("ArrayRecordComponent") // broadcast as it is
record ModelBytes(String digest, byte[] content) implements Serializable {

  static ModelBytes of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new ModelBytes(HexFormat.of().formatHex(digest), content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Reads a model file, or a run folder, from any file system that Hadoop reads. */
  static ModelBytes read(String location, Configuration hadoop) {
    Path path = new Path(location);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (files.getFileStatus(path).isDirectory()) {
        Path best = new Path(path, ModelFiles.BEST_FILE_NAME);
        path = files.exists(best) ? best : new Path(path, ModelFiles.FILE_NAME);
      }
      try (InputStream in = files.open(path)) {
        return of(in.readAllBytes());
      }
    } catch (java.io.FileNotFoundException e) {
      throw new CheckpointException(
          "%s: no such model file or run folder (read through Hadoop's file system %s)"
              .formatted(location, path.toUri().getScheme()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be read: %s".formatted(location, e), e);
    }
  }
}
