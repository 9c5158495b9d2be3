package org.trm4j.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.model.ParameterSet;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;

/**
 * Reads the checkpoints of the published codes of TRM, HRM and EqR, and of codes that keep their
 * names: torch files, Lightning checkpoints, safetensors; {@code docs/CHECKPOINTS.md} lists the
 * forms.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class CheckpointImport {
  /** The metadata key of the file that a model was imported from. */
  public static final String FILE = "imported.file";

  /** The metadata key of that file's SHA-256. */
  public static final String SHA256 = "imported.sha256";

  /** The metadata key of the parameters that were not 32-bit floats there. */
  static final String TYPES = "imported.types";

  private static final Set<String> KEYS =
      new TreeSet<>(
          List.of(
              "policy",
              "T",
              "n",
              "lambda",
              "sigma",
              "heads",
              "positions",
              "puzzleEmbLen",
              "seqLen",
              "domain",
              "expansion",
              "rotaryBase",
              "rmsNormEpsilon",
              "weights"));

  private CheckpointImport() {}

  /** Returns the keys that {@link #read} takes. */
  public static Set<String> keys() {
    return Collections.unmodifiableSet(KEYS);
  }

  /**
   * Reads a checkpoint. The tensors are views of the file, which must not change before the model
   * is written.
   *
   * @param source a file, or a folder that holds one and its configuration
   * @param given settings by {@link #keys()}; they win over the configuration beside the file
   * @return the model
   * @throws CheckpointException that names the file and asks for all missing settings in one
   *     message
   */
  public static ImportedModel read(Path source, Map<String, String> given) {
    for (String key : given.keySet()) {
      if (!KEYS.contains(key)) {
        throw new CheckpointException(
            "import: unknown setting %s, expected one of %s".formatted(key, KEYS));
      }
    }
    CheckpointFolder files = CheckpointFolder.find(source);
    try {
      return read(files, given);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException("%s: %s".formatted(files.weights(), e.getMessage()), e);
    } catch (InternalError e) {
      throw changed(files.weights(), e);
    } catch (CheckpointException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith(files.weights().toString())
          ? e
          : new CheckpointException("%s: %s".formatted(files.weights(), message), e);
    }
  }

  /** The error by which a truncated mapped file shows. */
  static CheckpointException changed(Path file, InternalError e) {
    return new CheckpointException(
        "%s: was cut while it was read; import it again: %s".formatted(file, e.getMessage()), e);
  }

  private static ImportedModel read(CheckpointFolder files, Map<String, String> given) {
    Checkpoint checkpoint = ModelFiles.map(files.weights());
    if (checkpoint.metadata().containsKey(ModelFiles.DESCRIPTION_KEY)) {
      throw new CheckpointException(
          "is a model of this library already; use it as it is (--model %s)"
              .formatted(files.weights()));
    }
    PublishedSettings settings = new PublishedSettings(given);
    List<String> notes = new ArrayList<>();
    if (files.configuration() != null) {
      settings.add(files.configuration());
      notes.add("configuration: " + files.configuration());
    }
    settings.add(checkpoint.metadata());
    if (files.dataset() != null) {
      settings.add(files.dataset());
      notes.add("data: " + files.dataset());
    }
    PublishedWeights weights = PublishedWeights.of(checkpoint, settings.find("weights"));
    notes.addAll(weights.notes());
    NetworkShapes shapes = NetworkShapes.of(weights.parameters());
    notes.add("shapes: " + shapes.describe());
    Questions questions = new Questions();
    ModelDescription description =
        new PublishedModel(shapes, settings, questions, notes).describe();
    if (description == null) {
      throw new CheckpointException(
          "its shapes tell %s; not known: %s; give each with --set KEY=VALUE, or put the configuration beside it (all_config.yaml, config.json, or %s.yaml)"
              .formatted(shapes.describe(), questions.text(), files.weights().getFileName()));
    }
    ParameterSet parameters =
        weights.parameters().matching(description.plan().parameters()).finite();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FILE, String.valueOf(files.weights().getFileName()));
    metadata.put(SHA256, sha256(files.weights()));
    metadata.put(
        TYPES,
        weights.types().entrySet().stream()
            .filter(entry -> parameters.tensors().containsKey(entry.getKey()))
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(",")));
    return new ImportedModel(
        new SavedModel(description, parameters, metadata),
        PublishedTraining.of(description, settings),
        notes);
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  /**
   * A published model in this library's form.
   *
   * @param model its description and parameters
   * @param training the configuration with which training continues
   * @param notes findings and decisions, one line each
   */
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
        throw new CheckpointException(
            "run folder %s: cannot be written: %s".formatted(folder, e), e);
      }
    }
  }
}
