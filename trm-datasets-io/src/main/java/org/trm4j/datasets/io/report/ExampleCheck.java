package org.trm4j.datasets.io.report;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.SkippedRow;

/** Checks the examples of a split by the rules of the puzzle. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ExampleCheck {
  private ExampleCheck() {}

  /** Returns the invalid examples; {@code line} is the example's number from 1. */
  public static List<SkippedRow> of(Dataset dataset, String split) {
    ExampleSource source = dataset.split(split);
    List<SkippedRow> invalid = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      String fault = fault(dataset, source, i);
      if (fault != null) {
        invalid.add(new SkippedRow(split, i + 1L, fault));
      }
    }
    return invalid;
  }

  private static @Nullable String fault(Dataset dataset, ExampleSource source, int index) {
    try {
      return SplitInspector.fault(dataset.domain(), source.get(index));
    } catch (DatasetException e) {
      return e.getMessage();
    }
  }
}
