package org.trm4j.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apiguardian.api.API;
import org.trm4j.error.TrmException;
import org.trm4j.frontend.BackendText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trm mcp}: serves one agent over standard input and output, until the input ends. */
@Command(
    name = "trm mcp",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 110,
    description = {
      "Lets an agent solve and check puzzles: a server of the Model Context Protocol (MCP) on"
          + " standard input and output.",
      "Tools: solve, check, list_models. Every answer says whether it is verified by the puzzle's"
          + " rules."
    },
    footer = {
      "",
      "An agent starts it by itself. In its configuration:",
      "  {\"mcpServers\": {\"trm\": {\"command\": \"/path/to/trm\", \"args\": [\"mcp\"]}}}"
    })
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class McpMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "[NAME=]M",
      description =
          "A run folder, a model file, or the name of a model in the box. Repeat it for"
              + " several models. Default: all in the box.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--backend",
      description =
          "auto, a backend of `trm plugins`, or backend:device. Default: ${DEFAULT-VALUE}.")
  private String backend = "auto";

  @Option(names = "--threads", description = "Worker threads; 0 for all processors.")
  private int threads;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  McpMain() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new McpMain()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (PuzzleModels found = new PuzzleModels(models, BackendText.options(backend, threads))) {
      AgentInput input = new AgentInput(new FileInputStream(FileDescriptor.in));
      McpSyncServer server =
          McpServer.sync(
                  new StdioServerTransportProvider(
                      McpJsonDefaults.getMapper(), input, new FileOutputStream(FileDescriptor.out)))
              .serverInfo("trm", version())
              .instructions(
                  "Solves grid puzzles with small neural networks and checks the answers by the"
                      + " puzzles' rules. Trust answers that are VERIFIED, and no others.")
              .capabilities(ServerCapabilities.builder().tools(false).build())
              .tools(new PuzzleTools(found).all())
              .build();
      input.awaitEnd();
      server.closeGracefully();
      return 0;
    } catch (TrmException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static String version() {
    String version = McpMain.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
