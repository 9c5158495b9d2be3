package org.trm4j.pretrained;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.plugin.PluginRegistry.PluginSet;
import org.trm4j.pretrained.spi.PretrainedModelProvider;
import org.trm4j.task.ParameterLayout;

/** A trained model in an artifact: its description, and its weights when they are asked for. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PretrainedModel {
  static final String PROPERTIES = "model.properties";

  private final PretrainedModelProvider provider;
  private final PretrainedDescription description;

  private PretrainedModel(PretrainedModelProvider provider, PretrainedDescription description) {
    this.provider = provider;
    this.description = description;
  }

  /** Returns the models in the box among these plug-ins, by name. */
  public static List<PretrainedModel> all(PluginRegistry plugins) {
    return plugins.pretrainedModels().usable().values().stream()
        .map(PretrainedModel::of)
        .sorted(Comparator.comparing(model -> model.description().name()))
        .toList();
  }

  /**
   * Returns the model of that name among these plug-ins; throws {@link PluginException} that says
   * what there is.
   */
  public static PretrainedModel named(PluginRegistry plugins, String name) {
    PluginSet<PretrainedModelProvider> found = plugins.pretrainedModels();
    if (found.usable().isEmpty() && found.unusable().isEmpty()) {
      throw new PluginException(
          "pretrained model %s: no model is on the class path; add its artifact, org.trm4j:trm-model-%s"
              .formatted(name, name));
    }
    return of(found.get(name));
  }

  /**
   * Reads a model's description, not its weights.
   *
   * @throws CheckpointException where the artifact's files are missing or damaged
   */
  public static PretrainedModel of(PretrainedModelProvider provider) {
    String place = place(provider, PROPERTIES);
    String text = new String(content(provider, PROPERTIES), StandardCharsets.UTF_8);
    PretrainedDescription description;
    try {
      description = DescriptionProperties.read(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException("%s: %s".formatted(place, e.getMessage()), e);
    }
    if (!description.name().equals(provider.name())) {
      throw new CheckpointException(
          "%s: name %s, expected %s".formatted(place, description.name(), provider.name()));
    }
    return new PretrainedModel(provider, description);
  }

  /** Returns what the artifact says of the model. */
  public PretrainedDescription description() {
    return description;
  }

  /**
   * Reads the weights into memory and verifies their SHA-256.
   *
   * @throws CheckpointException where they are missing, damaged, or not those of the description
   */
  public SavedModel read() {
    String place = place(provider, ModelFiles.FILE_NAME);
    byte[] content = content(provider, ModelFiles.FILE_NAME);
    String found = Sha256.of(content);
    if (!found.equals(description.sha256())) {
      throw new CheckpointException(
          "%s: %s bytes with SHA-256 %s, expected %s with %s: the artifact is damaged; get it again"
              .formatted(place, content.length, found, description.bytes(), description.sha256()));
    }
    return ModelFiles.read(new ByteArrayInputStream(content), place);
  }

  private static byte[] content(PretrainedModelProvider provider, String file) {
    String place = place(provider, file);
    try (InputStream in = provider.open(file).orElse(null)) {
      if (in == null) {
        throw new CheckpointException(
            "%s: missing in the artifact of %s".formatted(place, provider.getClass().getName()));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(place, e), e);
    }
  }

  private static String place(PretrainedModelProvider provider, String file) {
    return "%s/%s/%s".formatted(PretrainedModelProvider.FOLDER, provider.name(), file);
  }

  @Override
  public String toString() {
    return "%s %s".formatted(description.name(), description.version());
  }

  /** Makes the files of a model's artifact: weights of half precision, and their description. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  public static final class Writer {
    private final Path folder;

    /**
     * Prepares the files of one model.
     *
     * @param resources the artifact's folder of resources, such as {@code src/main/resources}
     * @param name of the model
     */
    public Writer(Path resources, String name) {
      this.folder = resources.resolve(PretrainedModelProvider.FOLDER).resolve(name);
    }

    /** Returns the folder of the model's files. */
    public Path folder() {
      return folder;
    }

    /**
     * Writes the weights, rounded to half precision, and returns the model as whoever opens the
     * artifact will have it.
     */
    public SavedModel writeWeights(SavedModel model) {
      Path file = folder.resolve(ModelFiles.FILE_NAME);
      try {
        DurableFile.createFolder(folder);
      } catch (IOException e) {
        throw new CheckpointException("%s: cannot be made: %s".formatted(folder, e), e);
      }
      ModelFiles.writeHalf(file, model);
      return ModelFiles.read(file);
    }

    /**
     * Writes the description of the weights that were written.
     *
     * @param version of the model
     * @param licence SPDX identifier
     * @param commit of this library's source with which it was trained
     * @param training where the training stood, how long it took and on what; one line
     * @param results what the model with these weights solves, at least one
     */
    public PretrainedDescription writeDescription(
        String version,
        String licence,
        String commit,
        String training,
        List<PretrainedDescription.Result> results) {
      if (results.isEmpty()) {
        throw new IllegalArgumentException("results: none, expected at least one");
      }
      Path file = folder.resolve(ModelFiles.FILE_NAME);
      SavedModel model = ModelFiles.read(file);
      try {
        byte[] content = Files.readAllBytes(file);
        PretrainedDescription description =
            new PretrainedDescription(
                new PretrainedDescription.Values(
                    String.valueOf(folder.getFileName()),
                    version,
                    Sha256.of(content),
                    content.length,
                    ParameterLayout.trainedCount(model.description().plan().parameters(), false),
                    licence,
                    commit,
                    training,
                    model.description().domain(),
                    model.description().domainOptions(),
                    results));
        byte[] text = DescriptionProperties.write(description).getBytes(StandardCharsets.UTF_8);
        DurableFile.replace(
            folder.resolve(PROPERTIES),
            channel -> {
              ByteBuffer left = ByteBuffer.wrap(text);
              while (left.hasRemaining()) {
                channel.write(left);
              }
            });
        return description;
      } catch (IOException e) {
        throw new CheckpointException("%s: cannot be written: %s".formatted(folder, e), e);
      }
    }
  }
}
