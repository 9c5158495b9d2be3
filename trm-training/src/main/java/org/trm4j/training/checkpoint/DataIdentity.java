package org.trm4j.training.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.mixture.MixtureDataset;

/**
 * The training data of a run, identified by content; the configuration and every checkpoint record
 * it.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class DataIdentity {
  private DataIdentity() {}

  /**
   * Returns one line for each origin: provider, options, SHA-256 of files, version of a generator;
   * empty for a data set that does not state its origin.
   */
  public static String of(Dataset dataset) {
    return dataset.origins().stream()
        .map(origin ->
            "%s %s %s generator %s"
                .formatted(
                    origin.dataset(),
                    origin.options(),
                    origin.sha256().isEmpty() ? "generated" : "SHA-256 " + origin.sha256(),
                    origin.generatorVersion()))
        .collect(Collectors.joining("\n"));
  }

  /** Throws if a run would continue with other examples than before. */
  public static void same(String before, String now) {
    if (!before.isEmpty() && !now.isEmpty() && !before.equals(now)) {
      throw new TrainingException(
          "resume: the data is %s, expected %s as at the last checkpoint: it has changed; put it back, or begin a new run"
              .formatted(now.replace('\n', ';'), before.replace('\n', ';')));
    }
  }

  /** Returns a configuration whose data is what the data set says that it comes from. */
  public static TrainingConfig in(TrainingConfig config, Dataset dataset) {
    List<DataSettings.Part> parts =
        dataset.unwrap() instanceof MixtureDataset mixture
            ? mixture.parts().stream().map(part -> part(part.dataset(), part.weight())).toList()
            : List.of(part(dataset, Weight.ONE));
    DataSettings old = config.data();
    return config.withData(DataSettings.of(parts, old.augment(), old.evaluationSplit()));
  }

  private static DataSettings.Part part(Dataset dataset, Weight weight) {
    List<Dataset.Origin> origins = dataset.origins();
    return origins.size() == 1
        ? new DataSettings.Part(
            origins.getFirst().dataset(),
            origins.getFirst().path(),
            origins.getFirst().options(),
            weight)
        : new DataSettings.Part(DataSettings.NO_LOCATION, "", Map.of(), weight);
  }
}
