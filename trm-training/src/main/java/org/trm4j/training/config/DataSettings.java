package org.trm4j.training.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;
import org.trm4j.training.mixture.MixtureDataset;

/** The training data of a model. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class DataSettings {
  /** The id in the configuration of a run whose data set was created by a program. */
  public static final String NO_LOCATION = "?";

  record Values(
      String dataset,
      String path,
      Map<String, String> options,
      boolean augment,
      String evaluationSplit,
      Weight weight,
      List<Part> mixture) {
    Values {
      options = Settings.sorted("data.options", options);
      Settings.check(!dataset.isBlank(), "data.dataset", "empty", "the id of a data set");
      Settings.check(
          !evaluationSplit.isBlank(), "data.evaluationSplit", "empty", "the name of a split");
      mixture = List.copyOf(mixture);
    }
  }

  @JsonValue private final Values values;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  DataSettings(Values values) {
    this.values = values;
  }

  /** Returns the id of the data set provider. */
  public String dataset() {
    return values.dataset;
  }

  /** Returns the file or folder to open; empty to generate puzzles. */
  public String path() {
    return values.path;
  }

  /** Returns the options of the provider. */
  public Map<String, String> options() {
    return values.options;
  }

  /** Returns whether training examples are augmented. */
  public boolean augment() {
    return values.augment;
  }

  /** Returns the split that evaluations run on. */
  public String evaluationSplit() {
    return values.evaluationSplit;
  }

  /** Returns the share of the examples where others are mixed in, by training step. */
  public Weight weight() {
    return values.weight;
  }

  /** Returns further data sets of the same kind of puzzle; a run is evaluated on the first. */
  public List<Part> mixture() {
    return values.mixture;
  }

  /** Returns the settings of one or more data sets; evaluations run on a split of the first. */
  public static DataSettings of(List<Part> parts, boolean augment, String evaluationSplit) {
    Part first = parts.getFirst();
    return new DataSettings(
        new Values(
            first.dataset(),
            first.path(),
            first.options(),
            augment,
            evaluationSplit,
            parts.size() == 1 ? Weight.ONE : first.weight(),
            parts.subList(1, parts.size())));
  }

  /** Returns the settings of one data set. */
  public static DataSettings of(DatasetLocation location, boolean augment, String evaluationSplit) {
    return of(List.of(Part.of(location, Weight.ONE)), augment, evaluationSplit);
  }

  /** Returns the data sets, the first first. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(values.dataset, values.path, values.options, values.weight));
    parts.addAll(values.mixture);
    return parts;
  }

  /** Opens or generates the data set, or the mixture, with the plug-ins of the class path. */
  public Dataset open() {
    return open(Trm.standard());
  }

  /** Opens or generates the data set, or the mixture, with these plug-ins. */
  public Dataset open(Trm trm) {
    if (values.mixture.isEmpty()) {
      return parts().getFirst().open(trm);
    }
    List<MixtureDataset.Part> opened = new ArrayList<>();
    try {
      for (Part part : parts()) {
        opened.add(new MixtureDataset.Part(part.open(trm), part.weight()));
      }
      return new MixtureDataset(opened);
    } catch (RuntimeException | Error e) {
      opened.forEach(part -> part.dataset().close());
      throw e;
    }
  }

  /**
   * One of the data sets that a run is trained on.
   *
   * @param dataset id of the data set provider
   * @param path file or folder to open; empty to generate puzzles
   * @param options of the provider
   * @param weight its share of the examples, beside the weights of the others, by training step
   */
  public record Part(String dataset, String path, Map<String, String> options, Weight weight) {
    /** Copies the options and checks the rest. */
    public Part {
      options = Settings.sorted("data.options", options);
      Settings.check(!dataset.isBlank(), "data.dataset", "empty", "the id of a data set");
    }

    /** Returns a part at a location. */
    public static Part of(DatasetLocation location, Weight weight) {
      return new Part(location.provider(), location.path(), location.options(), weight);
    }

    /** Opens or generates the data set; the provider is found among the plug-ins. */
    public Dataset open(Trm trm) {
      if (dataset.equals(DataSettings.NO_LOCATION)) {
        throw new TrainingException(
            "data: a program gave the run its puzzles, and where they come from is not known; give"
                + " them again (--data)");
      }
      DatasetProvider provider = trm.plugins().datasets().get(dataset);
      if (path.isEmpty() && !provider.generates()) {
        throw new TrainingException(
            "data set %s: makes no puzzles of its own; set data.path to its files"
                .formatted(dataset));
      }
      return trm.dataset(new DatasetLocation(dataset, path, options));
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof DataSettings other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "DataSettings" + values.toString().substring("Values".length());
  }
}
