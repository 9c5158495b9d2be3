package com.example.policy;

import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;

/** Stops when the halting head no longer changes its mind. */
public final class Settled implements HaltingPolicyProvider {
  public String id() { return "settled"; }
  public int spiVersion() { return SPI_VERSION; }
  public String description() { return "stops when q_halt moves by less than the argument"; }
  public String defaultArgument() { return "0.1"; }

  public HaltingPolicy policy(String argument) {
    if (!argument.matches("\\d*\\.?\\d+")) {
      throw new IllegalArgumentException("settled: argument " + argument + ", expected a number");
    }
    double least = Double.parseDouble(argument);
    return progress ->
        progress.steps() > 1
            && Math.abs(progress.haltLogit() - progress.haltLogit(progress.steps() - 1)) < least;
  }
}
