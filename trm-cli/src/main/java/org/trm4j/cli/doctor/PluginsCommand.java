package org.trm4j.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.Trm;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.cli.terminal.Console;
import org.trm4j.plugin.PluginRegistry.PluginSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists plug-ins. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description =
        "Lists every plug-in that was found, and for one that cannot be used the reason and the fix.")
public final class PluginsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PluginsCommand() {}

  private static final int ID_WIDTH = 36;

  private record Row(String kind, String id, String description, String state) {}

  @Override
  public void run() {
    List<Row> rows = new ArrayList<>();
    var backends = Trm.standard().plugins().backends();
    backends
        .usable()
        .forEach(
            (id, p) -> rows.add(new Row("backend", id, p.description(), state(p.availability()))));
    var policies = Trm.standard().plugins().recursionPolicies();
    policies
        .usable()
        .forEach((id, p) ->
            rows.add(
                new Row("recursion policy", p.defaults().title(id), p.description(), "available")));
    var halting = Trm.standard().plugins().haltingPolicies();
    halting
        .usable()
        .forEach((id, p) ->
            rows.add(
                new Row(
                    "halting policy",
                    p.defaultArgument().isEmpty() ? id : id + "=" + p.defaultArgument(),
                    p.description(),
                    "available")));
    var datasets = Trm.standard().plugins().datasets();
    datasets
        .usable()
        .forEach((id, p) -> rows.add(new Row("data set", id, p.description(), "available")));
    var transitions = Trm.standard().plugins().transitions();
    transitions
        .usable()
        .forEach((id, p) ->
            rows.add(new Row("transition", p.defaults().title(id), p.description(), "available")));
    var optimizers = Trm.standard().plugins().optimizers();
    optimizers
        .usable()
        .forEach((id, p) ->
            rows.add(new Row("optimizer", p.defaults().title(id), p.description(), "available")));
    for (PluginSet<?> set :
        List.of(backends, policies, halting, datasets, transitions, optimizers)) {
      set.unusable().forEach(line -> rows.add(new Row(set.kind(), "-", line, "not usable")));
    }
    print(rows);
  }

  /** Returns whether a backend can be used, with the reason and the fix where it cannot. */
  static String state(BackendProvider.Availability availability) {
    return switch (availability) {
      case BackendProvider.Availability.Available(String detail) -> "available: " + detail;
      case BackendProvider.Availability.Impaired(String detail, String reason, String fix) ->
          "available, but slow: " + detail + ": " + reason + "; " + fix;
      case BackendProvider.Availability.Unavailable(String reason, String fix) ->
          "not available: " + reason + "; " + fix;
    };
  }

  private void print(List<Row> rows) {
    Console console = new Console(spec.commandLine().getOut());
    if (json) {
      console.json(rows);
      return;
    }
    Map<String, List<Row>> byKind = new LinkedHashMap<>();
    rows.forEach(row -> byKind.computeIfAbsent(row.kind(), kind -> new ArrayList<>()).add(row));
    byKind.forEach((kind, list) -> {
      console.styled("@|bold " + kind + "|@");
      for (Row row : list) {
        boolean wide = row.id().length() > ID_WIDTH;
        if (wide) {
          console.line("  " + row.id());
        }
        console.line(line(wide ? "" : row.id(), row.description()));
        if (!row.state().equals("available")) {
          console.line(line("", row.state()));
        }
      }
    });
  }

  private static String line(String id, String text) {
    return ("  %-" + ID_WIDTH + "s %s").formatted(id, text);
  }
}
