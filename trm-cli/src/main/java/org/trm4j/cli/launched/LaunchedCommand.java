package org.trm4j.cli.launched;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Unmatched;

/** Stands for a command in the list of commands; the launcher starts what it is. */
abstract class LaunchedCommand implements Callable<Integer> {
  private final String start;

  @Unmatched private List<String> arguments = new ArrayList<>();

  /**
   * Takes what a user is told who reached this class.
   *
   * @param start how the command is started; the arguments follow
   */
  LaunchedCommand(String start) {
    this.start = start;
  }

  @Override
  public final Integer call() {
    throw new IllegalArgumentException(
        arguments.isEmpty() ? start : start + " " + String.join(" ", arguments));
  }
}
