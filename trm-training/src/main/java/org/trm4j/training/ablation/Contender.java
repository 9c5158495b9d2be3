package org.trm4j.training.ablation;

import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.training.config.TrainingConfig;

/**
 * A recursion policy in an ablation.
 *
 * @param title of its rows
 * @param settings policy and arguments
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Contender(String title, TrainingConfig.Recursion settings) {
  /** Returns the program. */
  public RecursionProgram program() {
    return Trm.standard().program(settings.policy(), settings.arguments());
  }
}
