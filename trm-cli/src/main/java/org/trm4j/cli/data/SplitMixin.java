package org.trm4j.cli.data;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.measure.EvaluationData;
import picocli.CommandLine.Option;

/** The split of a data set. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SplitMixin {
  @Option(
      names = "--split",
      paramLabel = "S",
      description = "The split. Default: test if there is one, else the only one.")
  private @Nullable String split;

  /** Made by picocli. */
  public SplitMixin() {}

  /** Returns the name of the split that is meant. */
  public String of(Dataset dataset) {
    return split == null ? EvaluationData.split(dataset) : split;
  }
}
