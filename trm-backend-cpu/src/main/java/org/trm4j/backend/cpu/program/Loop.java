package org.trm4j.backend.cpu.program;

import java.util.List;
import org.trm4j.backend.cpu.thread.Worker;

/**
 * Steps in order, several times.
 *
 * @param times at least 1
 * @param body the steps
 * @param outer whether no other loop contains it: each round is then a cycle, after which a step
 *     may be abandoned
 */
record Loop(int times, List<Step> body, boolean outer) implements Step {

  @Override
  public void run(Frame frame, Worker worker) {
    Stop stop = outer ? frame.stop : null;
    for (int i = 0; i < times; i++) {
      for (Step step : body) {
        step.run(frame, worker);
        worker.await();
      }
      if (stop != null) {
        if (worker.index() == 0) {
          frame.stopped = stop.asked();
        }
        // All workers leave at the same point, or none does.
        worker.await();
        if (frame.stopped) {
          return;
        }
      }
    }
  }

  @Override
  public int shared() {
    return body.stream().mapToInt(Step::shared).max().orElse(0);
  }

  @Override
  public int together() {
    return body.stream().mapToInt(Step::together).max().orElse(0);
  }
}
