package org.trm4j.datasets.support;

import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Evaluator;

/** For puzzles of which exact and token accuracy say all there is to say. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class NoEvaluator implements Evaluator {
  /** Creates it. */
  public NoEvaluator() {}

  @Override
  public void accept(int index, int[] prediction, float haltLogit) {
    // Nothing is collected.
  }

  @Override
  public Map<String, Double> report() {
    return Map.of();
  }

  @Override
  public void write(Path folder) {
    // There are no result files.
  }
}
