package org.trm4j.cli.data;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.datasets.io.download.DataCatalog;
import org.trm4j.datasets.io.download.DataSource;
import org.trm4j.datasets.io.download.Downloader;
import org.trm4j.datasets.io.download.FetchListener;
import org.trm4j.datasets.io.download.RemoteFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches published data. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Fetches published data over HTTPS into a cache folder and prints where it is.",
      "Sizes and SHA-256 are pinned, interrupted transfers resume, and mirrors replace each other."
    },
    footer = {
      "",
      "Examples:",
      "  trm data fetch arc-agi-1",
      "  trm data fetch maze-hard --cache data --offline"
    })
final class FetchCommand implements Runnable {
  private static final long STEP = 1 << 22;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The source; trm data list names them.")
  private String name;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "The cache folder. Default: $TRM_CACHE, else trm4j in the user's cache folder.")
  private @Nullable Path cache;

  @Option(names = "--offline", description = "Use only what is in the cache.")
  private boolean offline;

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      description = "An HTTP proxy. Default: $HTTPS_PROXY, else Java's own settings.")
  private @Nullable String proxy;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "Sources of your own: JSON with name, description, licence, files.")
  private @Nullable Path catalog;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  FetchCommand() {}

  @Override
  public void run() {
    DataCatalog sources = catalog == null ? DataCatalog.published() : DataCatalog.read(catalog);
    DataSource source = sources.get(name);
    Printer printer = Printer.of(spec);
    Map<String, String> environment = System.getenv();
    try (Downloader downloader =
        new Downloader(folder(cache, environment), offline, selector(proxy, environment))) {
      Path fetched = downloader.fetch(source, progress(printer));
      printer.line(
          String.format(
              Locale.ROOT,
              "%s: %s files, %.1f MB, licence: %s",
              fetched,
              source.files().size(),
              source.size() / 1e6,
              source.licence()));
    }
  }

  /** Prints a line for each file, and for each 4 MiB of a large one. */
  private static FetchListener progress(Printer printer) {
    return new FetchListener() {
      private long said;

      @Override
      public void progressed(RemoteFile file, long done) {
        if (done >= file.size()) {
          printer.line("  %s, %s bytes".formatted(file.path(), file.size()));
          said = 0;
        } else if (done - said >= STEP) {
          printer.line("  %s, %s of %s bytes".formatted(file.path(), done, file.size()));
          said = done;
        }
      }
    };
  }

  static Path folder(@Nullable Path given, Map<String, String> environment) {
    if (given != null) {
      return given;
    }
    String own = environment.getOrDefault("TRM_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String user = environment.getOrDefault("XDG_CACHE_HOME", "");
    return user.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "trm4j")
        : Path.of(user, "trm4j");
  }

  static ProxySelector selector(@Nullable String given, Map<String, String> environment) {
    String text =
        given == null
            ? environment.getOrDefault("HTTPS_PROXY", environment.getOrDefault("https_proxy", ""))
            : given;
    if (text.isEmpty()) {
      return ProxySelector.getDefault();
    }
    try {
      URI address = URI.create(text.contains("://") ? text : "http://" + text);
      if (address.getHost() != null && address.getPort() > 0) {
        return ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort()));
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for both.
    }
    throw new IllegalArgumentException(
        "data fetch: proxy '%s', expected host:port".formatted(text));
  }
}
