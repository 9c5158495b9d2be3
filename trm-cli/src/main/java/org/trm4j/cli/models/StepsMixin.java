package org.trm4j.cli.models;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.SolveOptions;
import picocli.CommandLine.Option;

/** The supervision steps of an attempt. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class StepsMixin {
  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Most supervision steps of an attempt. Default: 16; 40 for a model whose rule between steps ends its attempts, such as deduction.")
  private @Nullable Integer steps;

  /** Made by picocli. */
  public StepsMixin() {}

  /**
   * Returns how many at most.
   *
   * @param usual by the model, where the user does not say
   */
  public int steps(int usual) {
    return steps == null ? usual : steps;
  }

  /** Returns options with the user's limit; those that were given where there is none. */
  public SolveOptions in(SolveOptions options) {
    return steps == null ? options : options.withMaxSteps(steps);
  }
}
