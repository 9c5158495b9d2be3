package org.trm4j.datasets.support;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Evaluator;

/** For puzzles that exact and token accuracy describe completely. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class NoEvaluator implements Evaluator.Grouped {
  /** Creates it. */
  public NoEvaluator() {}

  @Override
  public void accept(int index, int[] prediction, float haltLogit) {
    // Nothing is collected.
  }

  @Override
  public Optional<String> group(int index) {
    return Optional.empty();
  }

  @Override
  public Map<String, String> outcomes() {
    return Map.of();
  }

  @Override
  public void take(Map<String, String> outcomes) {
    // There are none.
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
