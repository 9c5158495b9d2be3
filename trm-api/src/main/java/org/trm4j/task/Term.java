package org.trm4j.task;

import org.apiguardian.api.API;

/**
 * A term of the training loss: {@code factor * mean over the rows that count} of a head's loss.
 *
 * @param name of the term, and of its target where a transition gives it
 * @param head the head whose logits it reads
 * @param kind of the loss
 * @param target where the target comes from
 * @param positive factor of the positive part of {@link LossKind#BINARY}
 * @param negative factor of the negative part of {@link LossKind#BINARY}
 * @param factor of the whole term
 * @param mean over what
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record Term(
    String name,
    String head,
    LossKind kind,
    Target target,
    double positive,
    double negative,
    double factor,
    Mean mean) {
  /** Where a target comes from. */
  public enum Target {
    /** The transition gives it under the term's name, with a mask of the rows that count. */
    GIVEN,
    /** The example's labels are the classes; ignored ones do not count. */
    LABELS
  }

  /** What a term is averaged over. */
  public enum Mean {
    /** The rows of one sequence that count; then over the sequences of the batch. */
    SEQUENCE,
    /** The rows that count in the whole batch, whichever sequences they are in. */
    BATCH
  }

  /** Returns a term with positive and negative factor 1 and the mean over each sequence. */
  public static Term of(String name, String head, LossKind kind, Target target, double factor) {
    return new Term(name, head, kind, target, 1, 1, factor, Mean.SEQUENCE);
  }

  /** Returns the name of the plan's input for the target. */
  public String targetInput() {
    return name + ".target";
  }

  /** Returns the name of the plan's input for the rows' weights. */
  public String weightInput() {
    return name + ".weight";
  }

  /** Returns the name of the plan's output for the loss of a sequence. */
  public String lossOutput() {
    return name + ".loss";
  }

  /**
   * How a row of logits is compared with its target; {@link org.trm4j.plan.operation.TermLoss} has
   * formulas.
   */
  public enum LossKind {
    /** Cross-entropy of the StableMax of a row, the target being a class. */
    STABLE_MAX,
    /** Cross-entropy of the softmax of a row, the target being a class. */
    SOFTMAX,
    /** Binary cross-entropy of every logit, the target being a number from 0 to 1 for each. */
    BINARY
  }
}
