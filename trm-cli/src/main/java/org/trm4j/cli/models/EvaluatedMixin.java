package org.trm4j.cli.models;

import java.io.PrintWriter;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.data.SplitMixin;
import org.trm4j.cli.terminal.Printable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.training.measure.EvaluationData;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The model that is measured, and the puzzles. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class EvaluatedMixin {
  @Option(names = "--model", required = true, paramLabel = "M", description = ModelChoice.HELP)
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      description = "A file or folder, or id:key=value,... to generate puzzles.")
  private String data;

  @Mixin private SplitMixin split;

  @Option(
      names = "--puzzles",
      paramLabel = "N",
      defaultValue = "0",
      description = "Take only the first N; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int puzzles;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "32",
      description = "Puzzles at a time. Default: ${DEFAULT-VALUE}.")
  private int batch;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public EvaluatedMixin() {}

  /** Throws if a number cannot be; called before anything is opened. */
  public void check(String command) {
    if (batch < 1 || puzzles < 0) {
      throw new IllegalArgumentException(
          "%s: batch %s and puzzles %s, expected batch >= 1 and puzzles >= 0"
              .formatted(command, batch, puzzles));
    }
  }

  /** Returns the model's name or path as it was given. */
  public String name() {
    return model;
  }

  /**
   * Reads the model.
   *
   * @param err where it says which model of a run folder that is
   */
  public SavedModel read(PrintWriter err) {
    return ModelChoice.read(model, err);
  }

  /** Returns the data as they were given. */
  public String data() {
    return data;
  }

  /** Returns where the data are. */
  public DatasetLocation location() {
    return DataText.locate(data);
  }

  /** Opens the data as the model reads them. */
  public Dataset open(ModelDescription description) {
    return EvaluationData.open(location(), description);
  }

  /**
   * Returns the model on the grid of the data, where its parameters fit every grid.
   *
   * @param err where it says so
   */
  public SavedModel fit(SavedModel saved, Dataset dataset, PrintWriter err) {
    SavedModel fit = EvaluationData.fit(saved, dataset);
    if (fit != saved) {
      err.println(
          Printable.line(
              "model: trained on %s %s, runs on %s: a convolution fits every grid"
                  .formatted(
                      saved.description().domain(),
                      saved.description().domainOptions(),
                      fit.description().domainOptions())));
      err.flush();
    }
    return fit;
  }

  /** Returns the name of the split that is meant. */
  public String split(Dataset dataset) {
    return split.of(dataset);
  }

  /** Returns how many puzzles are taken; 0 for all. */
  public int puzzles() {
    return puzzles;
  }

  /** Returns how many puzzles are solved at a time. */
  public int batch() {
    return batch;
  }
}
