package org.trm4j.view;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.Shape;
import org.trm4j.task.Objective;

/**
 * The probability that a model assigns to the token of each cell, by the normalisation of its loss.
 * {@code s(l_t) / sum s(l)} with {@code s = exp} for softmax, and for StableMax (arXiv 2501.04697)
 * {@code s(x) = x + 1} from 0 on and {@code 1 / (1 - x)} below; sigmoid(l_t) where every logit has
 * a loss of its own.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class CellConfidence {
  private CellConfidence() {}

  /**
   * Returns a probability for each cell.
   *
   * @param logits [S, V], row-major
   * @param shape S and V
   * @param tokens [S]; a token that has no logit gets 0
   * @param kind of the loss of these logits; null for logits without one
   */
  public static float[] of(
      float[] logits, Shape shape, int[] tokens, Objective.Term.@Nullable LossKind kind) {
    int width = shape.dim(1);
    float[] confidence = new float[tokens.length];
    for (int cell = 0; cell < Math.min(tokens.length, shape.dim(0)); cell++) {
      int token = tokens[cell];
      if (token >= 0 && token < width) {
        confidence[cell] = (float) probability(logits, cell * width, width, token, kind);
      }
    }
    return confidence;
  }

  private static double probability(
      float[] logits, int from, int width, int token, Objective.Term.@Nullable LossKind kind) {
    if (kind == Objective.Term.LossKind.BINARY) {
      return Logit.probability(logits[from + token]);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + width; i++) {
      largest = Math.max(largest, logits[i]);
    }
    double sum = 0;
    for (int i = from; i < from + width; i++) {
      sum += weight(logits[i], largest, kind);
    }
    return weight(logits[from + token], largest, kind) / sum;
  }

  private static double weight(
      double logit, double largest, Objective.Term.@Nullable LossKind kind) {
    if (kind == Objective.Term.LossKind.STABLE_MAX) {
      return logit >= 0 ? logit + 1 : 1 / (1 - logit);
    }
    return Math.exp(logit - largest);
  }
}
