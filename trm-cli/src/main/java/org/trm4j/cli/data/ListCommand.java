package org.trm4j.cli.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.datasets.io.download.DataCatalog;
import org.trm4j.datasets.io.download.DataSource;
import org.trm4j.plugin.PluginRegistry.PluginSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists data set plug-ins and sources. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the data sets, their options, and what can be fetched.")
final class ListCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ListCommand() {}

  @Override
  public void run() {
    PluginSet<DatasetProvider> providers = Trm.standard().plugins().datasets();
    List<DataSource> sources = DataCatalog.published().sources();
    Printer printer = Printer.of(spec);
    if (json) {
      printer.json(values(providers, sources));
      return;
    }
    printer.styled("@|bold data sets|@");
    providers
        .usable()
        .forEach((id, provider) -> {
          printer.line(
              "  %-10s %s%s"
                  .formatted(
                      id, provider.description(), provider.generates() ? "" : " (no generator)"));
          options(printer, provider.generates() ? "made by" : "puzzles", provider.options());
          options(printer, "read with", Trm.standard().readingOptions(id));
        });
    providers.unusable().forEach(line -> printer.line("  not usable: " + line));
    printer.styled("@|bold to fetch|@");
    for (DataSource source : sources) {
      printer.line(
          String.format(
              Locale.ROOT,
              "  %-18s %s; %.1f MB; licence: %s",
              source.name(),
              source.description(),
              source.size() / 1e6,
              source.licence()));
    }
  }

  private static void options(Printer printer, String title, List<DatasetProvider.Option> options) {
    if (!options.isEmpty()) {
      printer.line("    " + title);
    }
    options.forEach(option ->
        printer.line(
            "      %-13s %s%s"
                .formatted(
                    option.name(),
                    option.description(),
                    option.defaultValue().isEmpty() ? "" : " [" + option.defaultValue() + "]")));
  }

  private static Map<String, Object> values(
      PluginSet<DatasetProvider> providers, List<DataSource> sources) {
    Map<String, Object> datasets = new LinkedHashMap<>();
    providers
        .usable()
        .forEach((id, provider) ->
            datasets.put(
                id,
                Map.of(
                    "description", provider.description(),
                    "generates", provider.generates(),
                    "options", provider.options(),
                    "readingOptions", Trm.standard().readingOptions(id))));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("datasets", datasets);
    values.put("unusable", providers.unusable());
    values.put(
        "sources",
        sources.stream()
            .map(s ->
                Map.of(
                    "name", s.name(),
                    "description", s.description(),
                    "licence", s.licence(),
                    "bytes", s.size(),
                    "files", s.files().size()))
            .toList());
    return values;
  }
}
