package org.trm4j.backend.cpu.program;

import java.util.List;
import org.trm4j.backend.cpu.thread.Worker;

/**
 * Steps in order, several times.
 *
 * @param times at least 1
 * @param body the steps
 */
record Loop(int times, List<Step> body) implements Step {

  @Override
  public void run(Frame frame, Worker worker) {
    for (int i = 0; i < times; i++) {
      for (Step step : body) {
        step.run(frame, worker);
        worker.await();
      }
    }
  }

  @Override
  public int shared() {
    return body.stream().mapToInt(Step::shared).max().orElse(0);
  }
}
