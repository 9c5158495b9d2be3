package org.trm4j.backend.cpu;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs steps over frames. With at least as many frames as threads each thread takes a whole
 * sequence, so that its activations stay in cache; with fewer, the threads share each operation.
 */
final class Executor {
  /**
   * Parts that each thread gets of a shared operation, so that an interrupted thread delays the
   * others little.
   */
  private static final int PARTS_PER_THREAD = 2;

  private final WorkerPool pool;
  private final Executable executable;
  private final Queue<float[]> tiles = new ConcurrentLinkedQueue<>();

  Executor(WorkerPool pool, Executable executable) {
    this.pool = pool;
    this.executable = executable;
  }

  /** Runs steps from..to-1 for frames 0..count-1. */
  void run(List<Step> steps, Frame[] frames, int count) {
    if (count >= pool.threads()) {
      pool.run(count, i -> wholeSequence(steps, frames[i]));
    } else {
      for (int i = 0; i < count; i++) {
        shared(steps, frames[i]);
      }
    }
  }

  /** Runs all steps of one frame on the calling thread. */
  static void wholeSequence(List<Step> steps, Frame frame) {
    for (Step step : steps) {
      for (int phase = 0; phase < step.phases(); phase++) {
        step.run(phase, 0, step.units(phase), frame, frame.tile);
      }
    }
  }

  /** Runs all steps of one frame on all threads. */
  void shared(List<Step> steps, Frame frame) {
    for (Step step : steps) {
      for (int phase = 0; phase < step.phases(); phase++) {
        int units = step.units(phase);
        int parts = Math.min(units, pool.threads() * PARTS_PER_THREAD);
        int current = phase;
        pool.run(
            parts,
            part -> {
              float[] tile = tiles.poll();
              if (tile == null) {
                tile = executable.newTile();
              }
              step.run(current, units * part / parts, units * (part + 1) / parts, frame, tile);
              tiles.add(tile);
            });
      }
    }
  }

  /**
   * Adds the weight gradients of frames 0..count-1; each row is added to in the frames' order
   * whatever the threads.
   */
  void addWeightGradients(Step step, Frame[] frames, int count) {
    int units = step.weightUnits();
    if (units > 0) {
      int parts = Math.min(units, pool.threads() * PARTS_PER_THREAD);
      pool.run(
          parts,
          part -> {
            for (int i = 0; i < count; i++) {
              step.addWeightGradient(units * part / parts, units * (part + 1) / parts, frames[i]);
            }
          });
    }
  }
}
