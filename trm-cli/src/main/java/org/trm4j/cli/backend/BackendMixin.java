package org.trm4j.cli.backend;

import org.apiguardian.api.API;
import org.trm4j.OpenOptions;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.cli.terminal.OptionValue;
import org.trm4j.frontend.BackendText;
import picocli.CommandLine.Option;

/** The options that choose a backend. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class BackendMixin {
  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = OpenOptions.AUTO,
      description =
          "Backend, or backend:device; `trm plugins` lists them. auto:precision=bf16 takes the best"
              + " of those that multiply in bfloat16. Default: ${DEFAULT-VALUE}.")
  private String id = OpenOptions.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of a CPU backend; 0 for all processors. Default: ${DEFAULT-VALUE}.")
  private int threads;

  /** Made by picocli. */
  public BackendMixin() {}

  /** Returns what was chosen. */
  public OpenOptions options() {
    return OptionValue.of("--backend " + id, () -> BackendText.options(id, threads));
  }

  /** Returns how many threads a CPU backend then has. */
  public int workers() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Opens the backend. */
  public Backend open() {
    return OptionValue.of(
        "--backend " + id, () -> Trm.standard().backend(BackendText.options(id, threads)));
  }
}
