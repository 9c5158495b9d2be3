package org.trm4j.datasets.io.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;

/**
 * The contents of one split.
 *
 * @param examples the number of examples
 * @param looked how many of them the following figures cover
 * @param puzzles puzzles; as many as examples where they are not grouped
 * @param groups groups of a puzzle and its augmentations; as many as puzzles where not grouped
 * @param fewestOpen open cells of the fullest question
 * @param meanOpen open cells of a question, on average
 * @param mostOpen open cells of the emptiest question
 * @param ratings examples by range of ratings, such as {@code 8-15}; empty if there are none
 * @param duplicates questions that stand there more than once, counted without the first
 * @param symmetric questions that equal an earlier one up to symmetry, exact duplicates included;
 *     -1 where the puzzle has no known symmetries
 * @param invalid examples whose tokens or answer are wrong; {@code line} is the example's number
 *     from 1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SplitReport(
    int examples,
    int looked,
    int puzzles,
    int groups,
    int fewestOpen,
    double meanOpen,
    int mostOpen,
    Map<String, Integer> ratings,
    int duplicates,
    int symmetric,
    List<Dataset.SkippedRow> invalid) {
  /** Copies the collections. */
  public SplitReport {
    ratings = Collections.unmodifiableMap(new LinkedHashMap<>(ratings));
    invalid = List.copyOf(invalid);
  }
}
