package org.trm4j.spring.boot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.error.TrmException;

/** Up while every model accepts puzzles; names the device of each. It solves nothing. */
final class TrmHealthIndicator extends AbstractHealthIndicator {
  private final Map<String, TrmModel> models;

  TrmHealthIndicator(Map<String, TrmModel> models) {
    super("trm: a model cannot be asked");
    this.models = new TreeMap<>(models);
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Map<String, Object> details = new LinkedHashMap<>();
    boolean up = true;
    for (Map.Entry<String, TrmModel> entry : models.entrySet()) {
      TrmModel model = entry.getValue();
      try {
        // No puzzles: this only checks that the model is open.
        model.solveAll(
            Collections.emptyIterator(), 1, SolveOptions.DEFAULT, (answer, number) -> {});
        details.put(entry.getKey(), model.device());
      } catch (TrmException e) {
        up = false;
        details.put(entry.getKey(), String.valueOf(e.getMessage()));
      }
    }
    (up ? builder.up() : builder.down()).withDetails(details);
  }
}
