package org.trm4j.checkpoint.model;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.ParameterNames;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.checkpoint.torch.TorchCheckpoint;
import org.trm4j.model.ParameterSet;

/**
 * Reads models, and writes them as safetensors with their description; a run folder stands for its
 * model file.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ModelFiles {
  /** The model's file name in a run folder. */
  public static final String FILE_NAME = "model.safetensors";

  /** The name of the best evaluated model in a run folder. */
  public static final String BEST_FILE_NAME = "best.safetensors";

  /** The metadata key of the description. */
  public static final String DESCRIPTION_KEY = "trm4j";

  private ModelFiles() {}

  /**
   * Returns the file that {@link #read(Path)} reads: of a run folder the best evaluated model, or
   * the last where the run has evaluated none.
   */
  public static Path fileOf(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return fileOrFolder;
    }
    Path best = fileOrFolder.resolve(BEST_FILE_NAME);
    return Files.exists(best) ? best : fileOrFolder.resolve(FILE_NAME);
  }

  /**
   * Reads a model that this library saved, a file or that of {@link #fileOf}; throws {@link
   * CheckpointException}.
   */
  public static SavedModel read(Path file) {
    Path path = fileOf(file);
    return described(open(path), path.toString());
  }

  /**
   * Reads a model that this library saved as safetensors, from a stream, such as that of an entry
   * in a jar. The stream is read to its end into memory and stays open. Throws {@link
   * CheckpointException}.
   *
   * @param name of the source, for messages
   */
  public static SavedModel read(InputStream in, String name) {
    return described(SafetensorsReader.read(in, name), name);
  }

  /**
   * Reads a model that is a resource of a jar or module; throws {@link CheckpointException}.
   *
   * @param owner a class of that jar or module
   * @param resource as {@link Class#getResourceAsStream} takes it
   */
  public static SavedModel readResource(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new CheckpointException(
            "%s: no such resource, looked for by %s; begin with / for one from the root of the jar or module"
                .formatted(resource, owner.getName()));
      }
      return read(in, resource);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(resource, e), e);
    }
  }

  private static SavedModel described(Checkpoint checkpoint, String name) {
    String json = checkpoint.metadata().get(DESCRIPTION_KEY);
    if (json == null) {
      throw new CheckpointException(
          name
              + ": has no description of its model (metadata key "
              + DESCRIPTION_KEY
              + "); give one");
    }
    try {
      Map<String, String> metadata = new HashMap<>(checkpoint.metadata());
      metadata.remove(DESCRIPTION_KEY);
      return new SavedModel(
          ModelDescriptionJson.read(json),
          ParameterNames.canonical(checkpoint.tensors()),
          metadata);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException(
          "%s: description of its model: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Reads a published checkpoint that carries no description: safetensors, or what {@code
   * torch.save} wrote, told apart by the first bytes.
   */
  public static SavedModel read(Path file, ModelDescription description) {
    Checkpoint checkpoint = open(file);
    try {
      ParameterSet parameters = ParameterNames.canonical(checkpoint.tensors());
      refuseUnread(checkpoint, parameters);
      return new SavedModel(description, parameters, checkpoint.metadata());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** A tensor that is not read is said to be so, not to be missing. */
  private static void refuseUnread(Checkpoint checkpoint, ParameterSet parameters) {
    Set<String> roots = ParameterNames.roots(checkpoint.tensors().tensors().keySet());
    checkpoint
        .unread()
        .forEach((name, why) -> {
          String root = roots.isEmpty() ? "" : roots.iterator().next();
          if (name.startsWith(root)
              && !parameters.tensors().containsKey(name.substring(root.length()))) {
            throw new IllegalArgumentException(
                "tensor %s: depends on %s, which is not read".formatted(name, why));
          }
        });
  }

  /**
   * Reads a checkpoint as it is, safetensors or what {@code torch.save} wrote, told apart by the
   * first bytes; throws {@link CheckpointException}.
   */
  public static Checkpoint open(Path file) {
    return isTorch(file) ? TorchCheckpoint.read(file) : SafetensorsReader.read(file);
  }

  /**
   * Reads a checkpoint as {@link #open} does, as views of the mapped file where its file system can
   * map: a file of any size takes no memory. For one pass over a file that does not change
   * meanwhile; one that is cut ends in an {@link InternalError}.
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public static Checkpoint map(Path file) {
    return isTorch(file) ? TorchCheckpoint.map(file) : SafetensorsReader.map(file);
  }

  private static boolean isTorch(Path file) {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    } catch (NoSuchFileException e) {
      throw new CheckpointException("%s: no such file".formatted(file), e);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(file, e), e);
    }
    return TorchCheckpoint.recognizes(MemorySegment.ofArray(start));
  }

  /** Writes a model; the file is replaced as a whole. */
  public static void write(Path file, SavedModel model) {
    SafetensorsWriter.write(file, checkpoint(model));
  }

  /**
   * Writes a model with weights of half precision (IEEE 754 binary16, safetensors' F16), rounded to
   * the nearest, for models that are shipped: half the size, read like any other. A weight above
   * 65504 in size is refused by its name.
   */
  public static void writeHalf(Path file, SavedModel model) {
    SafetensorsWriter.writeHalf(file, checkpoint(model));
  }

  private static Checkpoint checkpoint(SavedModel model) {
    Map<String, String> metadata = new HashMap<>(model.metadata());
    metadata.put(DESCRIPTION_KEY, ModelDescriptionJson.write(model.description()));
    return new Checkpoint(ParameterNames.published(model.parameters()), metadata);
  }
}
