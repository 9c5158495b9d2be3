package org.trm4j.cli.launched;

import org.apiguardian.api.API;
import picocli.CommandLine.Command;

/** Stands for {@code trm mcp} in the list of commands; the launcher starts trm-mcp. */
@Command(
    name = "mcp",
    description = {
      "Lets agents solve and check puzzles: a server of the Model Context Protocol on standard"
          + " input and output.",
      "The launcher ./trm starts it with libraries of its own; ./trm mcp --help lists its options."
    })
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class McpCommand extends LaunchedCommand {
  /** Made by picocli. */
  public McpCommand() {
    super(
        "mcp: runs from the artifact org.trm4j:trm-mcp, which is not on this class path; start it as ./trm mcp");
  }
}
