package org.trm4j.cli.solve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.cli.models.NoiseMixin;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options about several attempts at a puzzle, but for the choice among them. */
final class AttemptsMixin {
  @Option(
      names = "--attempts",
      paramLabel = "K",
      defaultValue = "1",
      description =
          "Attempts at each puzzle, all but the first with noise or under a symmetry; a model with random starts draws a new start for each. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Mixin private NoiseMixin noise;

  @Option(
      names = "--noise-on",
      paramLabel = "STATE",
      split = ",",
      description = "Latent states that get the noise, such as z_L. Default: all.")
  private List<String> noisyStates = List.of();

  @Option(
      names = "--noise-steps",
      paramLabel = "FIRST-LAST",
      description = "Supervision steps that begin with the noise, such as 1-4. Default: all.")
  private @Nullable String noisySteps;

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

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  AttemptsMixin() {}

  int count() {
    return count;
  }

  /** Returns the attempts for a model. */
  Attempts of(Attempts.Choice choice, ModelDescription model) {
    if (count == 1) {
      return Attempts.ONE.withSeed(seed);
    }
    Attempts several =
        noise
            .in(Attempts.of(count), model)
            .withSeed(seed)
            .withChoice(choice)
            .withFirstFound(choice == Attempts.Choice.VERIFIER)
            .withNoisyStates(noisyStates)
            .withWindow(window);
    return noisySteps == null ? several : between(several, noisySteps);
  }

  private static Attempts between(Attempts attempts, String steps) {
    if (!steps.matches("[0-9]{1,9}-[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "--noise-steps: %s, expected two supervision steps, such as 1-4".formatted(steps));
    }
    int dash = steps.indexOf('-');
    return attempts.withNoisySteps(
        Integer.parseInt(steps.substring(0, dash)), Integer.parseInt(steps.substring(dash + 1)));
  }
}
