package org.trm4j.cli.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.arc.ArcDataset;
import org.trm4j.datasets.io.arc.ArcFolder;
import org.trm4j.datasets.io.npy.FolderBuild;
import org.trm4j.datasets.io.npy.NpyDataset;
import org.trm4j.plugin.DatasetLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Builds the folder that Python code reads. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the folder that the published Python builders write: dataset.json, all__*.npy,",
      "identifiers.json, and for ARC test_puzzles.json. Examples are streamed, not held in memory."
    },
    footer = {
      "",
      "Examples, as the published recipes:",
      "  trm data build 'sudoku-extreme?sample=1000' --augmentations 1000 --out sudoku-1k-aug-1000",
      "  trm data build maze-hard/train.csv --augmentations 7 --out maze-aug",
      "  trm data build 'arc-agi?subsets=training+evaluation+concept,test=evaluation'"
          + " --augmentations 1000 --out arc1"
    })
final class BuildCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private DataArgument data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "An empty or new folder.")
  private Path out;

  @Option(
      names = "--augmentations",
      paramLabel = "N",
      defaultValue = "0",
      description = "Augmentations of each training puzzle. Default: ${DEFAULT-VALUE}.")
  private int augmentations;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of the augmentations. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  BuildCommand() {}

  @Override
  public void run() {
    long start = System.nanoTime();
    FolderBuild build = new FolderBuild(augmentations, seed);
    DatasetLocation location = data.location();
    if (location.provider().equals("arc")) {
      Map<String, String> options = new TreeMap<>(location.options());
      options.putIfAbsent("augmentations", String.valueOf(augmentations));
      options.putIfAbsent("seed", String.valueOf(seed));
      location = new DatasetLocation(location.provider(), location.path(), options);
    }
    try (Dataset dataset = Trm.standard().dataset(location)) {
      if (!(dataset.unwrap() instanceof ArcDataset)
          && (dataset.unwrap() instanceof NpyDataset || dataset.puzzleIdentifiers() > 1)) {
        throw new DatasetException(
            "data build: %s is a built folder, expected its source".formatted(location.path()));
      }
      Map<String, Long> examples =
          StoppableBuild.write(
              spec.commandLine().getErr(),
              out,
              () ->
                  dataset.unwrap() instanceof ArcDataset arc
                      ? ArcFolder.write(arc, out)
                      : build.write(dataset, out));
      double seconds = (System.nanoTime() - start) * 1e-9;
      print(dataset, examples, seconds);
    }
  }

  private void print(Dataset dataset, Map<String, Long> examples, double seconds) {
    Printer printer = Printer.of(spec);
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("folder", out.toString());
      values.put("examples", examples);
      values.put("puzzleIdentifiers", dataset.puzzleIdentifiers());
      values.put("seconds", seconds);
      values.put("skipped", dataset.skipped());
      printer.json(values);
      return;
    }
    printer.rows("rows were left out:", dataset.skipped());
    printer.line(
        String.format(
            Locale.ROOT,
            "%s: %s examples, %s puzzle identifiers, %.1f s",
            out,
            examples,
            dataset.puzzleIdentifiers(),
            seconds));
  }
}
