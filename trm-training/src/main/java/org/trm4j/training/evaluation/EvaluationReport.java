package org.trm4j.training.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * Figures of an evaluation.
 *
 * @param puzzles puzzles with labels
 * @param steps figures after every supervision step, at least one
 * @param meanSteps supervision steps of the chosen attempt
 * @param meanTotalSteps supervision steps of all attempts
 * @param verified share of answers that the puzzle's rules confirm; 0 if there are none
 * @param seconds of solving
 * @param extra figures of the data set's own evaluator, by name
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record EvaluationReport(
    int puzzles,
    List<Step> steps,
    double meanSteps,
    double meanTotalSteps,
    double verified,
    double seconds,
    Map<String, Double> extra) {
  /** Copies the collections. */
  public EvaluationReport {
    steps = List.copyOf(steps);
    extra = Collections.unmodifiableMap(new TreeMap<>(extra));
  }

  /** Returns the figures of the answers given. */
  public Step last() {
    return steps.getLast();
  }

  /** Returns the token accuracy of the answers given. */
  public double tokenAccuracy() {
    return last().tokenAccuracy();
  }

  /** Returns the exact accuracy of the answers given. */
  public double exactAccuracy() {
    return last().exactAccuracy();
  }

  /** Returns the halting accuracy of the answers given. */
  public double haltingAccuracy() {
    return last().haltingAccuracy();
  }

  /** Returns puzzles solved a second. */
  public double puzzlesPerSecond() {
    return puzzles / seconds;
  }

  /**
   * Returns all figures by name, as {@code trm eval --json} prints them.
   *
   * @param split that was evaluated
   * @param device that solved
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public Map<String, Object> figures(String split, String device) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("puzzles", puzzles);
    values.put("split", split);
    values.put("exactAccuracy", exactAccuracy());
    values.put("tokenAccuracy", tokenAccuracy());
    values.put("haltingAccuracy", haltingAccuracy());
    values.put("verified", verified);
    values.put("exactAccuracyByStep", steps.stream().map(Step::exactAccuracy).toList());
    values.put("tokenAccuracyByStep", steps.stream().map(Step::tokenAccuracy).toList());
    values.put("meanSteps", meanSteps);
    values.put("meanTotalSteps", meanTotalSteps);
    values.put("puzzlesPerSecond", puzzlesPerSecond());
    values.put("seconds", seconds);
    values.put("device", device);
    values.putAll(extra);
    return values;
  }

  /**
   * Means over all puzzles of an evaluation after a supervision step; a puzzle that has stopped
   * keeps its answer.
   *
   * @param step 1 for the first
   * @param tokenAccuracy mean share of a puzzle's labels that the answer equals
   * @param exactAccuracy share of puzzles that are right as a whole
   * @param haltingAccuracy share of puzzles whose halting head (q_halt &gt;= 0) says whether they
   *     are right
   * @param running share of puzzles that took this step
   */
  public record Step(
      int step,
      double tokenAccuracy,
      double exactAccuracy,
      double haltingAccuracy,
      double running) {}
}
