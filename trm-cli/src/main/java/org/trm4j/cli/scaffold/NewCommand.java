package org.trm4j.cli.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.cli.terminal.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the project of a plug-in. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the Maven project of a plug-in; its contract test runs as generated.",
      "The library must be in a Maven repository: ./mvnw install -DskipTests puts this build into the local one."
    },
    footer = {"", "Example:", "  trm new dataset star-battle --out star-battle"})
public final class NewCommand implements Runnable {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "KIND", description = "dataset, policy or backend.")
  private PluginKind kind;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "The plug-in's id: lower-case words joined by hyphens.")
  private String name;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The project's folder, new or empty.")
  private Path out;

  @Option(
      names = "--package",
      paramLabel = "P",
      description = "Package and module. Default: com.example. and the name without hyphens.")
  private String packageName = "";

  /** Called by the command line. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public NewCommand() {}

  @Override
  public void run() {
    if (!ID.matcher(name).matches()) {
      throw bad("name %s, expected lower-case words joined by hyphens, such as star-battle", name);
    }
    String chosen = packageName.isEmpty() ? "com.example." + name.replace("-", "") : packageName;
    if (!PACKAGE.matcher(chosen).matches()) {
      throw bad("package %s, expected lower-case names joined by dots", chosen);
    }
    try {
      if (Files.exists(out) && !isEmptyFolder(out)) {
        throw bad("%s is not an empty folder: nothing was written", out.toString());
      }
      new Scaffold(kind, name, chosen).write(out);
    } catch (IOException e) {
      throw bad("%s cannot be written: %s", out.toString(), e.toString());
    }
    var console = spec.commandLine().getOut();
    console.println(Printable.text("%s: now  cd %s && mvn package".formatted(out, out)));
    console.flush();
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private ParameterException bad(String format, String... values) {
    return new ParameterException(
        spec.commandLine(), "new: " + format.formatted((Object[]) values));
  }
}
