package org.trm4j.optimizer.published;

import org.apiguardian.api.API;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.recursion.spi.PolicyArguments;

/**
 * Lion (arXiv 2302.06675): {@code p = p (1 - lr wd) - lr sign(b1 m + (1 - b1) g); m = b2 m + (1 -
 * b2) g}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class LionProvider implements OptimizerProvider {
  /** Called by the service loader. */
  public LionProvider() {}

  @Override
  public String id() {
    return "lion";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "Lion (arXiv 2302.06675): the sign of an interpolated momentum";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("beta1", 0.9).and("beta2", 0.99);
  }

  @Override
  public Optimizer optimizer(PolicyArguments arguments) {
    double b1 = arguments.number("beta1");
    double b2 = arguments.number("beta2");
    return (spec, values, gradient, first, second, step) -> {
      for (int i = 0; i < values.length; i++) {
        double sign = Math.signum(b1 * first[i] + (1 - b1) * gradient[i]);
        values[i] = (float) (values[i] * step.kept() - step.learningRate() * sign);
        first[i] = (float) (b2 * first[i] + (1 - b2) * gradient[i]);
      }
    };
  }
}
