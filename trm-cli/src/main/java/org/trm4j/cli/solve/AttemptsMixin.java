package org.trm4j.cli.solve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.Rollouts;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.training.measure.ComputeCurve;
import picocli.CommandLine.Option;

/** The options about several attempts at a puzzle, but for the choice among them. */
final class AttemptsMixin {
  @Option(
      names = {"--attempts", "--rollouts"},
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Attempts at each puzzle, all but the first with noise or under a symmetry; a model whose states start at random starts each anew. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--sigma",
      paramLabel = "S",
      description =
          "Standard deviation of the noise on the latent states. Default: 0.3; 0 with --symmetries, and for a model that draws by itself (random starts, a transition).")
  private @Nullable Double sigma;

  @Option(
      names = "--symmetries",
      description =
          "Every attempt but the first sees the puzzle turned, renamed or reordered by a symmetry of its kind, and its answer is turned back.")
  private boolean symmetries;

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

  /** Returns the attempts for a model. */
  Rollouts rollouts(Rollouts.Choice choice, ModelDescription model) {
    double noise = sigma != null ? sigma : symmetries ? 0 : ComputeCurve.usualSigma(model);
    return count == 1
        ? Rollouts.NONE.withSeed(seed)
        : Rollouts.of(count)
            .withSigma(noise)
            .withSeed(seed)
            .withChoice(choice)
            .withFirstFound(choice == Rollouts.Choice.VERIFIER)
            .withSymmetries(symmetries)
            .withNoisyStates(noisyStates)
            .withWindow(window);
  }
}
