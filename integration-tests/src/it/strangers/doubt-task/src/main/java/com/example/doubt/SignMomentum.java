package com.example.doubt;

import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.recursion.spi.PolicyArguments;

/** The sign of a momentum. */
public final class SignMomentum implements OptimizerProvider {
  public String id() { return "sign-momentum"; }
  public int spiVersion() { return SPI_VERSION; }
  public String description() { return "a step of one size against the momentum"; }
  public PolicyArguments defaults() { return PolicyArguments.of("momentum", 0.9); }

  public Optimizer optimizer(PolicyArguments arguments) {
    float mu = (float) arguments.number("momentum");
    return (spec, values, gradient, first, second, step) -> {
      for (int i = 0; i < values.length; i++) {
        first[i] = mu * first[i] + (1 - mu) * gradient[i];
        values[i] = (float) (values[i] * step.kept() - step.learningRate() * Math.signum(first[i]));
      }
    };
  }
}
