package org.trm4j.task.spi;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * A rule outside the network that changes the network's inputs between supervision steps. All that
 * it knows about a puzzle is its memory, an array of fixed length, which is saved with a resumable
 * run. Stateless and thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface Transition {
  /** Returns the memory of a puzzle before its first step. */
  float[] begin(Episode episode);

  /** Returns the inputs of the next step, which follow from memory and episode alone. */
  Presented present(float[] memory, Episode episode);

  /**
   * Decides after a step.
   *
   * @param memory that the step was presented from; not to be written to
   */
  Outcome next(float[] memory, Outputs outputs, Episode episode);

  /**
   * Returns the supervision steps after which a puzzle is shown under another symmetry of its
   * domain, with latent states that start anew, while solving and in training; 0 for never. The
   * transition itself always sees the puzzle as it is. A domain without symmetries takes only 0.
   */
  default int symmetrySteps() {
    return 0;
  }

  /**
   * Returns how many steps ago the puzzle was last shown under another symmetry; 0 for now. Asked
   * only where {@link #symmetrySteps} is not 0, with the memory that the next step is presented
   * from, which is not to be written to.
   */
  default int stepsSinceTurn(float[] memory, Episode episode) {
    return episode.step() % symmetrySteps();
  }

  /**
   * The target of a term.
   *
   * @param values the class of each row, or for a binary term a number from 0 to 1 for each logit
   * @param counts for each row whether it counts
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers are arrays throughout
  record GivenTarget(float[] values, boolean[] counts) {
    /** Returns a target of which every row counts. */
    public static GivenTarget everyRow(float[] values, int rows) {
      boolean[] counts = new boolean[rows];
      Arrays.fill(counts, true);
      return new GivenTarget(values, counts);
    }
  }

  /** What a transition decides after a supervision step. */
  @SuppressWarnings("ArrayRecordComponent") // tokens are arrays throughout
  sealed interface Outcome {
    /** Returns the draft [S]: what the answer would be now. */
    int[] draft();

    /**
     * The puzzle stays in its slot, its latent states stay, and the next step shows what this
     * memory presents.
     *
     * @param draft [S]
     * @param memory as long as the one before
     */
    record Continue(int[] draft, float[] memory) implements Outcome {}

    /**
     * The attempt has failed: the next attempt at the puzzle begins, or in training the next
     * example.
     *
     * @param draft [S]
     */
    record Restart(int[] draft) implements Outcome {}

    /**
     * The draft is the attempt's answer.
     *
     * @param draft [S]
     */
    record Done(int[] draft) implements Outcome {}
  }

  /** The outputs of the heads after a supervision step. */
  @FunctionalInterface
  interface Outputs {
    /** Returns a copy of a head's logits, row by row. */
    float[] logits(String head);
  }

  /**
   * The inputs of a model at a supervision step.
   *
   * @param inputs values of every input of the task by name, such as {@code sets}
   * @param targets in training the target of every given term by the term's name; may be empty
   *     while solving
   */
  record Presented(Map<String, float[]> inputs, Map<String, Transition.GivenTarget> targets) {
    /** Copies the maps. */
    public Presented {
      inputs = Map.copyOf(inputs);
      targets = Map.copyOf(targets);
    }
  }

  /** One puzzle in its supervision steps, as a transition sees it. */
  interface Episode {
    /** Returns the question's tokens [S]; not to be written to. */
    int[] question();

    /** Returns the supervision steps done: 0 before the first. */
    int step();

    /** Returns the number of the attempt at the puzzle: 0 for the first, and in training. */
    default int attempt() {
      return 0;
    }

    /** Returns whether the model is trained on the puzzle. */
    boolean training();

    /**
     * Returns the labels [S], {@link org.trm4j.plan.operation.Loss#IGNORED} where a cell does not
     * count; not to be written to.
     *
     * @throws IllegalStateException while solving, when the answer is unknown
     */
    int[] answer();

    /**
     * Returns a generator that depends only on the attempt and the step, so other batches and a
     * resumed run draw the same. Each call restarts it.
     */
    RandomGenerator random();
  }
}
