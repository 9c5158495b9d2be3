package org.trm4j.datasets.io.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.datasets.io.npy.GroupIndex;
import org.trm4j.datasets.support.RatedSource;
import org.trm4j.plan.operation.Loss;

/** Inspects a split. */
final class SplitInspector {
  private final PuzzleDomain domain;
  private final ExampleSource source;
  private final int looked;
  private final String name;

  SplitInspector(PuzzleDomain domain, ExampleSource source, int looked, String name) {
    this.domain = domain;
    this.source = source;
    this.looked = looked;
    this.name = name;
  }

  SplitReport report(QuestionIndex index) {
    int fewest = Integer.MAX_VALUE;
    int most = 0;
    long sum = 0;
    int duplicates = 0;
    int symmetric = 0;
    List<Dataset.SkippedRow> invalid = new ArrayList<>();
    Map<Integer, Integer> ratings = new TreeMap<>();
    for (int i = 0; i < looked; i++) {
      Example example;
      try {
        example = source.get(i);
      } catch (DatasetException e) {
        invalid.add(new Dataset.SkippedRow(name, i + 1L, String.valueOf(e.getMessage())));
        continue;
      }
      int open = 0;
      for (int token : example.tokens()) {
        open += domain.codec().blank(token) ? 1 : 0;
      }
      fewest = Math.min(fewest, open);
      most = Math.max(most, open);
      sum += open;
      QuestionIndex.Match match = index.add(example.tokens());
      duplicates += match == QuestionIndex.Match.EQUAL ? 1 : 0;
      symmetric += match != QuestionIndex.Match.NEW ? 1 : 0;
      String fault = fault(domain, example);
      if (fault != null) {
        invalid.add(new Dataset.SkippedRow(name, i + 1L, fault));
      }
      if (source instanceof RatedSource rated && rated.rating(i) != RatedSource.NO_RATING) {
        ratings.merge(
            32 - Integer.numberOfLeadingZeros(Math.max(0, rated.rating(i))), 1, Integer::sum);
      }
    }
    GroupIndex groups = source instanceof GroupIndex grouped ? grouped : null;
    return new SplitReport(
        source.size(),
        looked,
        groups == null ? source.size() : groups.firstPuzzle(groups.groups()),
        groups == null ? source.size() : groups.groups(),
        looked == 0 ? 0 : fewest,
        looked == 0 ? 0 : (double) sum / looked,
        most,
        ranges(ratings),
        duplicates,
        domain.symmetry().isPresent() ? symmetric : -1,
        invalid);
  }

  /** Names the range of ratings that have a number of binary digits. */
  private static Map<String, Integer> ranges(Map<Integer, Integer> byDigits) {
    Map<String, Integer> ranges = new LinkedHashMap<>();
    byDigits.forEach((digits, count) -> {
      int low = digits == 0 ? 0 : 1 << (digits - 1);
      int high = digits == 0 ? 0 : (int) ((1L << digits) - 1);
      ranges.put(low == high ? "" + low : low + "-" + high, count);
    });
    return ranges;
  }

  /** Returns what is wrong with an example, or null. */
  static @Nullable String fault(PuzzleDomain domain, Example example) {
    int[] answer = example.labels().clone();
    for (int i = 0; i < answer.length; i++) {
      int token = example.tokens()[i];
      answer[i] = answer[i] == Loss.IGNORED ? token : answer[i];
      if (token < 0
          || token >= domain.vocabSize()
          || answer[i] < 0
          || answer[i] >= domain.vocabSize()) {
        return "position %s: token %s, label %s, expected 0 to %s"
            .formatted(i + 1, token, answer[i], domain.vocabSize() - 1);
      }
    }
    try {
      domain.codec().encode(domain.codec().decode(example.tokens()));
    } catch (DatasetException e) {
      return "the question is invalid: " + e.getMessage();
    }
    Verifier verifier = domain.verifier().orElse(null);
    if (verifier == null) {
      return null;
    }
    Verification verification = verifier.verify(example.tokens(), answer);
    return verification.outcome() == Verification.Outcome.WRONG
        ? "the answer is wrong: " + verification.detail()
        : null;
  }
}
