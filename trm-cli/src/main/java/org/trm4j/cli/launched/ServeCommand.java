package org.trm4j.cli.launched;

import org.apiguardian.api.API;
import picocli.CommandLine.Command;

/** Stands for {@code trm serve} in the list of commands; the launcher starts trm-server. */
@Command(
    name = "serve",
    description = {
      "Serves models over HTTP: a page that shows the recursion, and an API.",
      "The launcher ./trm starts it with libraries of its own; ./trm serve --help lists its"
          + " options."
    })
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ServeCommand extends LaunchedCommand {
  /** Made by picocli. */
  public ServeCommand() {
    super(
        "serve: runs from the artifact org.trm4j:trm-server, which is not on this class path; start it as ./trm serve");
  }
}
