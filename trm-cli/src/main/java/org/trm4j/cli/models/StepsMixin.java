package org.trm4j.cli.models;

import org.apiguardian.api.API;
import picocli.CommandLine.Option;

/** The supervision steps of an attempt. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class StepsMixin {
  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "16",
      description = "Supervision steps at most. Default: ${DEFAULT-VALUE}.")
  private int steps;

  /** Made by picocli. */
  public StepsMixin() {}

  /** Returns how many at most. */
  public int steps() {
    return steps;
  }
}
