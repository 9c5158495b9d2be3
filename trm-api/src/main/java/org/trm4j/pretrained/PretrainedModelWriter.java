package org.trm4j.pretrained;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.pretrained.spi.PretrainedModelProvider;
import org.trm4j.task.ParameterLayout;

/** Makes the files of a model's artifact: weights of half precision, and their description. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PretrainedModelWriter {
  private final Path folder;

  /**
   * Prepares the files of one model.
   *
   * @param resources the artifact's folder of resources, such as {@code src/main/resources}
   * @param name of the model
   */
  public PretrainedModelWriter(Path resources, String name) {
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
              results);
      byte[] text = DescriptionProperties.write(description).getBytes(StandardCharsets.UTF_8);
      DurableFile.replace(
          folder.resolve(PretrainedModel.PROPERTIES),
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
