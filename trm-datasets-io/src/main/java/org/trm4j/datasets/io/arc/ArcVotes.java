package org.trm4j.datasets.io.arc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.datasets.arc.ArcGrid;

/**
 * Predictions of one test grid over its augmentations. Candidates are ordered by how many
 * augmentations gave them, then by the mean of sigmoid(q_halt); ties keep the order of arrival.
 */
final class ArcVotes {
  private final Map<ArcGrid, List<Vote>> votes = new HashMap<>();

  ArcVotes() {}

  /**
   * One prediction.
   *
   * @param index of its example: sums are taken in this order, whatever the order of arrival
   */
  private record Vote(long index, double confidence) {}

  private record Candidate(ArcGrid grid, int count, double confidence, long first) {}

  void add(long index, ArcGrid grid, double confidence) {
    votes.computeIfAbsent(grid, g -> new ArrayList<>(2)).add(new Vote(index, confidence));
  }

  /** Returns the candidates, the best first. */
  List<ArcGrid> ranking() {
    List<Candidate> candidates = new ArrayList<>(votes.size());
    votes.forEach((grid, given) -> {
      given.sort((a, b) -> Long.compare(a.index(), b.index()));
      double sum = 0;
      for (Vote vote : given) {
        sum += vote.confidence();
      }
      candidates.add(
          new Candidate(grid, given.size(), sum / given.size(), given.getFirst().index()));
    });
    candidates.sort((a, b) ->
        a.count() != b.count()
            ? Integer.compare(b.count(), a.count())
            : a.confidence() != b.confidence()
                ? Double.compare(b.confidence(), a.confidence())
                : Long.compare(a.first(), b.first()));
    return candidates.stream().map(Candidate::grid).toList();
  }

  /** The votes of a task's test grids, by the original grid. */
  static final class OfTask {
    private final Map<ArcGrid, ArcVotes> byInput = new LinkedHashMap<>();

    OfTask() {}

    ArcVotes of(ArcGrid input) {
      return byInput.computeIfAbsent(input, grid -> new ArcVotes());
    }

    List<ArcGrid> ranking(ArcGrid input) {
      ArcVotes found = byInput.get(input);
      return found == null ? List.of() : found.ranking();
    }
  }
}
