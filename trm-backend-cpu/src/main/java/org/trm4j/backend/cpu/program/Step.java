package org.trm4j.backend.cpu.program;

import org.trm4j.backend.cpu.thread.Worker;

/** An operation of a plan, ready to run. */
public interface Step {

  /**
   * Runs this worker's share of the operation on one sequence; the caller waits for the other
   * workers afterwards.
   */
  void run(Frame frame, Worker worker);

  /** Returns how many floats of {@link Frame#arena} it needs behind the planned buffers. */
  default int shared() {
    return 0;
  }

  /** Returns how many floats of {@link Frame#together} it needs when workers share a sequence. */
  default int together() {
    return 0;
  }

  /** Returns how many terms of {@link Frame#terms} its workers write. */
  default int terms() {
    return 0;
  }

  /** A step that also computes weight gradients, summed over the sequences of a wave. */
  interface WithWeights extends Step {

    /** Returns the size of the wave memory that it needs. */
    Wave.Need need();

    /**
     * Adds this worker's share of the weight gradients of all sequences of the wave, once all have
     * run.
     */
    void weights(Wave wave, Worker worker);
  }
}
