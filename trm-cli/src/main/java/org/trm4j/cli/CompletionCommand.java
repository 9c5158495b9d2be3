package org.trm4j.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script of the whole command. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description =
        "Prints a script that completes commands, options and their values in bash and zsh.",
    footer = {
      "",
      "Examples:",
      "  source <(trm completion)                   for this shell; add the line to ~/.bashrc or ~/.zshrc to keep it",
      "  trm completion > /etc/bash_completion.d/trm"
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CompletionCommand() {}

  @Override
  public void run() {
    spec.commandLine().getOut().println(script());
    spec.commandLine().getOut().flush();
  }

  /**
   * picocli formats numbers by the locale, but bash accepts no other digits in a variable's name.
   */
  private String script() {
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      return AutoComplete.bash("trm", spec.root().commandLine());
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, locale);
    }
  }
}
