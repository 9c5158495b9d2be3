package org.trm4j.cli;

import org.trm4j.backend.spi.Backend;
import org.trm4j.plugin.Backends;
import picocli.CommandLine.Option;

/** The options that choose a backend. */
final class BackendMixin {
  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = Backends.AUTO,
      description =
          "Backend, or backend:device; `trm plugins` lists them. Default: ${DEFAULT-VALUE}.")
  private String id = Backends.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of a CPU backend; 0 for all processors. Default: ${DEFAULT-VALUE}.")
  private int threads;

  String id() {
    return id;
  }

  int threads() {
    return threads;
  }

  Backend open() {
    return Backends.open(id, threads);
  }
}
