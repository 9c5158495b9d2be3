package org.trm4j.cli.models;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.checkpoint.model.ModelDescription;
import picocli.CommandLine.Option;

/** What attempts at a puzzle differ by. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class NoiseMixin {
  @Option(
      names = "--sigma",
      paramLabel = "S",
      description =
          "Standard deviation of the noise on the latent states in all attempts but the first. Default: 0.3; 0 with --symmetries, and for a model with its own random draws (random starts, a transition).")
  private @Nullable Double sigma;

  @Option(
      names = "--symmetries",
      description =
          "Every attempt but the first sees the puzzle turned, renamed or reordered by a symmetry of its kind, and its answer is turned back.")
  private boolean symmetries;

  /** Made by picocli. */
  public NoiseMixin() {}

  /** Returns the attempts with the noise and the symmetries that were asked for. */
  public Attempts in(Attempts attempts, ModelDescription model) {
    double noise = sigma != null ? sigma : symmetries ? 0 : Attempts.usualSigma(model);
    return attempts.withSigma(noise).withSymmetries(symmetries);
  }
}
