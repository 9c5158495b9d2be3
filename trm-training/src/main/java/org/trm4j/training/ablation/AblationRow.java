package org.trm4j.training.ablation;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A policy's row in the table.
 *
 * @param policy title of the contender
 * @param parameters trained ones, puzzle embeddings left out
 * @param effectiveDepth layers that one supervision step applies: T (n + 1) x layers for TRM
 * @param forwardPasses passes through the recursion that a training step needs: 2 where the
 *     continue target asks for one more, as in table 1 of the paper
 * @param gigaFlop operations of a training step of one sequence, 1e9
 * @param runs its runs, at least one, by seed
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record AblationRow(
    String policy,
    long parameters,
    int effectiveDepth,
    int forwardPasses,
    double gigaFlop,
    List<AblationRun> runs) {
  /** Copies the runs. */
  public AblationRow {
    runs = runs.stream().sorted(Comparator.comparingLong(AblationRun::seed)).toList();
  }

  /** Returns the row with the runs of another of the same contender. */
  AblationRow with(AblationRow other) {
    return new AblationRow(
        policy,
        parameters,
        effectiveDepth,
        forwardPasses,
        gigaFlop,
        java.util.stream.Stream.concat(runs.stream(), other.runs.stream()).toList());
  }

  /** Returns minimum, mean and maximum of the exact accuracy over the seeds. */
  public DoubleSummaryStatistics exact() {
    return runs.stream().mapToDouble(AblationRun::exactAccuracy).summaryStatistics();
  }

  /** Returns the sample standard deviation of the exact accuracy; 0 for a single seed. */
  public double exactDeviation() {
    double mean = exact().getAverage();
    double squares =
        runs.stream().mapToDouble(run -> Math.pow(run.exactAccuracy() - mean, 2)).sum();
    return runs.size() == 1 ? 0 : Math.sqrt(squares / (runs.size() - 1));
  }

  /** Returns the mean token accuracy. */
  public double tokens() {
    return runs.stream().mapToDouble(AblationRun::tokenAccuracy).average().orElseThrow();
  }

  /** Returns the median of the training speeds. */
  public double puzzlesPerSecond() {
    return runs.stream()
        .mapToDouble(AblationRun::puzzlesPerSecond)
        .sorted()
        .skip((runs.size() - 1) / 2)
        .findFirst()
        .orElseThrow();
  }
}
