package org.trm4j.task;

import java.util.List;
import org.apiguardian.api.API;

/** The heads and what they learn. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public sealed interface Objective {
  /**
   * The published heads and loss ({@link org.trm4j.plan.operation.OutputHeads}, {@link
   * org.trm4j.plan.operation.Loss}): logits for each cell, halting logits from the first row;
   * StableMax cross-entropy of the labels, and the halting head learns whether the draft is exact.
   */
  record Published() implements Objective {}

  /**
   * The task's own heads and terms.
   *
   * @param heads at least one
   * @param terms at least one
   */
  record Terms(List<Head> heads, List<Term> terms) implements Objective {
    /** Copies the lists. */
    public Terms {
      heads = List.copyOf(heads);
      terms = List.copyOf(terms);
    }

    /** Returns the head of that name; throws if there is none. */
    public Head head(String name) {
      return heads.stream()
          .filter(head -> head.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("task: no head " + name));
    }

    /** Returns whether there is a head of that name. */
    public boolean has(String name) {
      return heads.stream().anyMatch(head -> head.name().equals(name));
    }
  }

  /**
   * An output head: a linear map with bias from rows of a latent state to logits.
   *
   * @param name of the output; {@code logits}, {@code q_halt} and {@code q_continue} are read as
   *     the published heads are
   * @param rows which rows it reads
   * @param width logits for each row it reads, at least 1
   * @param state the latent state that it reads
   * @param bias initial value of its bias
   */
  record Head(String name, Rows rows, int width, String state, double bias) {
    /** Which rows of a state a head reads. */
    public enum Rows {
      /** Every cell's row: logits [S, width]. */
      CELLS,
      /** The first row, of the prefix where there is one: logits [1, width]. */
      FIRST,
      /** The mean of the cells' rows: logits [1, width]. */
      MEAN
    }

    /** Returns a head on every cell whose bias starts at 0. */
    public static Head cells(String name, int width, String state) {
      return new Head(name, Rows.CELLS, width, state, 0);
    }

    /** Returns the name of its weight [width, D]. */
    public String weight() {
      return "heads." + name + ".weight";
    }

    /** Returns the name of its bias [width]. */
    public String biasName() {
      return "heads." + name + ".bias";
    }
  }

  /**
   * A term of the training loss: {@code factor * mean over the rows that count} of a head's loss.
   *
   * @param name of the term
   * @param head the head whose logits it reads
   * @param kind of the loss
   * @param target where the target comes from
   * @param positive factor of the positive part of {@link LossKind#BINARY}
   * @param negative factor of the negative part of {@link LossKind#BINARY}
   * @param factor of the whole term
   * @param mean over what
   */
  record Term(
      String name,
      String head,
      LossKind kind,
      Target target,
      double positive,
      double negative,
      double factor,
      Mean mean) {
    /** Where a target comes from. */
    public sealed interface Target {
      /** The example's labels, as classes of cells; ignored ones do not count. */
      Given LABELS = new Given("labels");

      /** Returns whether the transition is asked for something. */
      default boolean needsTransition() {
        return switch (this) {
          case Given(String name) -> !name.equals(LABELS.name);
          case Exact(String head, String name) -> !name.equals(LABELS.name);
          case NextStep further -> false;
        };
      }

      /**
       * What the transition gives under that name, with a mask of the rows that count; under the
       * name of {@link #LABELS}, the example's labels.
       */
      record Given(String name) implements Target {}

      /**
       * Whether an answer is exact: 1 where the first of the largest logits is the given class in
       * every row that counts, and 0 if it is not. Halting heads learn this. A binary term of one
       * logit reads it.
       *
       * @param head whose rows are compared, at the supervision that the term belongs to
       * @param name of the classes, as in {@link Given}
       */
      record Exact(String head, String name) implements Target {}

      /**
       * The outputs of a further supervision step on this step's input: the logistic function of
       * the largest logit of some heads or, at an example's last step, of one head. No gradient
       * flows through it. So {@code q_continue} learns in HRM (arXiv 2506.21734, section 2). A
       * binary term of one logit reads it, and every supervision of a step has the same.
       *
       * @param heads at least one, of one logit each
       * @param last the head that counts at an example's last step
       */
      record NextStep(List<String> heads, String last) implements Target {
        /** Copies the list. */
        public NextStep {
          heads = List.copyOf(heads);
        }
      }
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

    /** Returns whether the host feeds its target; that of a further step the plan makes. */
    public boolean isFed() {
      return !(target instanceof Target.NextStep);
    }

    /** Returns the name of the plan's input for the target, or for the classes it follows from. */
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
     * How a row of logits is compared with its target; {@link org.trm4j.plan.operation.TermLoss}
     * has formulas.
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
}
