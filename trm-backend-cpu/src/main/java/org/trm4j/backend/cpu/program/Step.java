package org.trm4j.backend.cpu.program;

import org.trm4j.backend.cpu.thread.Worker;

/** An operation of a plan, ready to run. */
public interface Step {

  /**
   * Runs this worker's share of the operation on one sequence; the caller waits for the other
   * workers afterwards.
   */
  void run(Frame frame, Worker worker);

  /** Returns the floats of {@link Frame#arena} behind the planned buffers that it needs. */
  default int shared() {
    return 0;
  }

  /** Returns the floats of {@link Frame#together} that it needs where workers share a sequence. */
  default int together() {
    return 0;
  }

  /** Returns the terms of {@link Frame#terms} that its workers write. */
  default int terms() {
    return 0;
  }

  /** A step that also gives weights a gradient, summed over the sequences of a wave. */
  interface WithWeights extends Step {

    /** Returns the size of the wave memory that it needs. */
    Wave.Need need();

    /**
     * Adds this worker's share of the weight gradients of all sequences of the wave, after all have
     * run.
     */
    void weights(Wave wave, Worker worker);
  }
}
