package org.trm4j.cli;

import java.util.List;
import org.trm4j.Rollouts;
import picocli.CommandLine.Option;

/** The options about several attempts at a puzzle, but for the choice among them. */
final class AttemptsMixin {
  @Option(
      names = "--rollouts",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Tries for each puzzle, all but the first with noise; a model whose states start at random starts each anew. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--sigma",
      paramLabel = "S",
      defaultValue = "0.3",
      description =
          "Standard deviation of the noise on the latent states. Default: ${DEFAULT-VALUE}.")
  private double sigma;

  @Option(
      names = "--noise-on",
      paramLabel = "STATE",
      split = ",",
      description = "Latent states that get the noise, such as z_L; all unless given.")
  private List<String> noisyStates = List.of();

  @Option(
      names = "--window",
      paramLabel = "W",
      defaultValue = "4",
      description =
          "Last steps that the choice LOGIT_CHANGE averages over. Default: ${DEFAULT-VALUE}.")
  private int window;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the noise and of random starts. Default: ${DEFAULT-VALUE}.")
  private long seed;

  int count() {
    return count;
  }

  Rollouts rollouts(Rollouts.Choice choice) {
    return count == 1
        ? Rollouts.NONE
        : new Rollouts(
            count, sigma, seed, choice, choice == Rollouts.Choice.VERIFIER, noisyStates, window);
  }
}
