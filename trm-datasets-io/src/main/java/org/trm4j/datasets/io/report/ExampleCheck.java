package org.trm4j.datasets.io.report;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.datasets.support.UniqueSolution;

/** Checks the examples of a split by the rules of the puzzle. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ExampleCheck {
  private ExampleCheck() {}

  /** Returns the invalid examples; {@code line} is the example's number from 1. */
  public static List<Dataset.SkippedRow> of(Dataset dataset, String split) {
    ExampleSource source = dataset.split(split);
    List<Dataset.SkippedRow> invalid = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      String fault = fault(dataset, source, i);
      if (fault != null) {
        invalid.add(new Dataset.SkippedRow(split, i + 1L, fault));
      }
    }
    return invalid;
  }

  /**
   * Returns the first example that breaks the rules of the puzzle, or null; {@code line} is the
   * example's number from 1.
   */
  public static Dataset.@Nullable SkippedRow firstInvalid(Dataset dataset, String split) {
    ExampleSource source = dataset.split(split);
    if (dataset.domain().verifier().isEmpty()) {
      return null;
    }
    for (int i = 0; i < source.size(); i++) {
      String fault = SplitInspector.fault(dataset.domain(), source.get(i));
      if (fault != null) {
        return new Dataset.SkippedRow(split, i + 1L, fault);
      }
    }
    return null;
  }

  /** Returns whether the first examples of every split keep the rules of the puzzle. */
  public static boolean first(Dataset dataset, int most) {
    for (String split : dataset.splits()) {
      ExampleSource source = dataset.split(split);
      for (int i = 0; i < Math.min(most, source.size()); i++) {
        if (SplitInspector.fault(dataset.domain(), source.get(i)) != null) {
          return false;
        }
      }
    }
    return true;
  }

  private static @Nullable String fault(Dataset dataset, ExampleSource source, int index) {
    try {
      Example example = source.get(index);
      String fault = SplitInspector.fault(dataset.domain(), example);
      return fault == null
              && dataset.domain() instanceof UniqueSolution unique
              && unique.severalSolutions(example.tokens())
          ? "the question has several solutions, of which one is given"
          : fault;
    } catch (DatasetException e) {
      return e.getMessage();
    }
  }
}
