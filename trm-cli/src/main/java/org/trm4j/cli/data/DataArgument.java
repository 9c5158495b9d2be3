package org.trm4j.cli.data;

import java.util.Map;
import java.util.TreeMap;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The data set that a command is about. */
final class DataArgument {
  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description =
          "A file or folder, ID:PATH, either with ?KEY=VALUE,..., or ID:KEY=VALUE,... to generate.")
  private String data;

  @Option(
      names = "--skip-invalid",
      description =
          "Leave invalid rows and tasks out, and count and list them. Without it they are errors.")
  private boolean skipInvalid;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DataArgument() {}

  DatasetLocation location() {
    DatasetLocation location = DataText.locate(data);
    if (!skipInvalid) {
      return location;
    }
    Map<String, String> options = new TreeMap<>(location.options());
    options.put("skipInvalid", "true");
    return new DatasetLocation(location.provider(), location.path(), options);
  }

  /** Returns how the data set was recognised. */
  String recognised() {
    DatasetLocation location = location();
    return location.path().isEmpty()
        ? "generated"
        : data.startsWith(location.provider() + ":")
            ? "as named"
            : "recognised by its content (ID:PATH names another)";
  }

  Dataset open() {
    return Trm.standard().dataset(location());
  }
}
