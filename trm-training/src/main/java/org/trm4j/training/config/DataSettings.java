package org.trm4j.training.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;
import org.trm4j.training.mixture.MixtureDataset;

/**
 * The training data of a model.
 *
 * @param dataset id of the data set provider
 * @param path file or folder to open; empty to generate puzzles
 * @param options of the provider
 * @param augment whether training examples are augmented
 * @param evaluationSplit the split that evaluations run on
 * @param weight share of the examples where others are mixed in, by training step
 * @param mixture further data sets of the same kind of puzzle; a run is evaluated on the first,
 *     which the fields above describe
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record DataSettings(
    String dataset,
    String path,
    Map<String, String> options,
    boolean augment,
    String evaluationSplit,
    Weight weight,
    List<Part> mixture) {
  /** The id in the configuration of a run whose data set was created by a program. */
  public static final String NO_LOCATION = "?";

  /** Copies the options and checks the rest. */
  public DataSettings {
    options = Settings.sorted("data.options", options);
    Settings.check(!dataset.isBlank(), "data.dataset", "empty", "the id of a data set");
    Settings.check(
        !evaluationSplit.isBlank(), "data.evaluationSplit", "empty", "the name of a split");
    mixture = List.copyOf(mixture);
  }

  /** One data set. */
  public DataSettings(
      String dataset,
      String path,
      Map<String, String> options,
      boolean augment,
      String evaluationSplit) {
    this(dataset, path, options, augment, evaluationSplit, Weight.ONE, List.of());
  }

  /** Returns the settings of one or more data sets; evaluations run on a split of the first. */
  public static DataSettings of(List<Part> parts, boolean augment, String evaluationSplit) {
    Part first = parts.getFirst();
    return new DataSettings(
        first.dataset(),
        first.path(),
        first.options(),
        augment,
        evaluationSplit,
        parts.size() == 1 ? Weight.ONE : first.weight(),
        parts.subList(1, parts.size()));
  }

  /** Returns the data sets, the first first. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(dataset, path, options, weight));
    parts.addAll(mixture);
    return parts;
  }

  /**
   * Opens or generates the data set, or the mixture; the providers are found among the plug-ins.
   */
  public Dataset open() {
    if (mixture.isEmpty()) {
      return parts().getFirst().open();
    }
    List<MixtureDataset.Part> opened = new ArrayList<>();
    try {
      for (Part part : parts()) {
        opened.add(new MixtureDataset.Part(part.open(), part.weight()));
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
    public Dataset open() {
      if (dataset.equals(DataSettings.NO_LOCATION)) {
        throw new TrainingException(
            "data: a program gave the run its puzzles, and where they come from is not known; give"
                + " them again (--data)");
      }
      DatasetProvider provider = Trm.standard().plugins().datasets().get(dataset);
      if (path.isEmpty() && !provider.generates()) {
        throw new TrainingException(
            "data set %s: makes no puzzles of its own; set data.path to its files"
                .formatted(dataset));
      }
      return Trm.standard().dataset(new DatasetLocation(dataset, path, options));
    }
  }
}
