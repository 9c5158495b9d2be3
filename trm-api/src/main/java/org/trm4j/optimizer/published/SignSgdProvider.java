package org.trm4j.optimizer.published;

import org.apiguardian.api.API;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.recursion.spi.PolicyArguments;

/** Sign-SGD (arXiv 1802.04434): {@code p = p (1 - lr wd) - lr sign(g)}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class SignSgdProvider implements OptimizerProvider {
  /** Called by the service loader. */
  public SignSgdProvider() {}

  @Override
  public String id() {
    return "sign-sgd";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "sign-SGD (arXiv 1802.04434)";
  }

  @Override
  public PolicyArguments defaults() {
    return new PolicyArguments(java.util.Map.of());
  }

  @Override
  public Optimizer optimizer(PolicyArguments arguments) {
    return (spec, values, gradient, first, second, step) -> {
      for (int i = 0; i < values.length; i++) {
        double sign = Math.signum(gradient[i]);
        values[i] = (float) (values[i] * step.kept() - step.learningRate() * sign);
      }
    };
  }
}
