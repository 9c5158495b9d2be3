package org.trm4j.optimizer.published;

import org.apiguardian.api.API;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.recursion.spi.PolicyArguments;

/**
 * AdamATan2 (arXiv 2407.05872), as {@link org.trm4j.backend.spi.TrainingSession.UpdateRule} defines
 * it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class AdamAtan2Provider implements OptimizerProvider {
  /** Called by the service loader. */
  public AdamAtan2Provider() {}

  @Override
  public String id() {
    return "adam-atan2";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "AdamATan2 (arXiv 2407.05872): the size of a step does not depend on that of the gradients";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("beta1", 0.9).and("beta2", 0.95);
  }

  @Override
  public Optimizer optimizer(PolicyArguments arguments) {
    double b1 = arguments.number("beta1");
    double b2 = arguments.number("beta2");
    return (spec, values, gradient, first, second, step) -> {
      double rate = step.learningRate() / (1 - Math.pow(b1, step.number()));
      double correction = 1 / Math.sqrt(1 - Math.pow(b2, step.number()));
      for (int i = 0; i < values.length; i++) {
        first[i] = (float) (b1 * first[i] + (1 - b1) * gradient[i]);
        second[i] = (float) (b2 * second[i] + (1 - b2) * gradient[i] * gradient[i]);
        double angle = Math.atan2(first[i], Math.sqrt(second[i]) * correction);
        values[i] = (float) (values[i] * step.kept() - rate * angle);
      }
    };
  }
}
