package org.trm4j.training.measure;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * How reliable the halting head is: the share of right answers among those to which it gave about
 * the same probability. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Calibration {
  private static final double[] BOUNDS = {0, 0.1, 0.5, 0.9, 0.99, 1};

  private final int[] answers = new int[BOUNDS.length - 1];
  private final int[] right = new int[BOUNDS.length - 1];
  private final double[] said = new double[BOUNDS.length - 1];
  private double squares;
  private int count;

  /** Creates it without answers. */
  public Calibration() {}

  /**
   * Answers of about the same confidence.
   *
   * @param from lowest confidence
   * @param to highest
   * @param answers how many, at least 1
   * @param said mean confidence
   * @param right share of right answers
   */
  public record Bin(double from, double to, int answers, double said, double right) {}

  /** Adds an answer with the sigmoid of its q_halt. */
  public void add(double confidence, boolean correct) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence " + confidence + ", expected 0 to 1");
    }
    int bin = 0;
    while (bin < answers.length - 1 && confidence >= BOUNDS[bin + 1]) {
      bin++;
    }
    answers[bin]++;
    right[bin] += correct ? 1 : 0;
    said[bin] += confidence;
    double error = confidence - (correct ? 1 : 0);
    squares += error * error;
    count++;
  }

  /** Returns the bins that have answers, from low confidence to high. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] > 0) {
        bins.add(
            new Bin(
                BOUNDS[i],
                BOUNDS[i + 1],
                answers[i],
                said[i] / answers[i],
                (double) right[i] / answers[i]));
      }
    }
    return bins;
  }

  /** Returns the Brier score: the mean square of confidence less 1 or 0; NaN without answers. */
  public double brier() {
    return squares / count;
  }

  /**
   * Returns the expected calibration error: the mean distance between confidence and share of right
   * answers over the bins, weighted by answers; NaN without answers.
   */
  public double expectedError() {
    double sum = 0;
    for (Bin bin : bins()) {
      sum += bin.answers() * Math.abs(bin.said() - bin.right());
    }
    return sum / count;
  }
}
