package org.trm4j.cli.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.io.text.PuzzleCsv;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes generated puzzles. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Generates puzzles and writes a folder with train.csv and test.csv"
          + " (source,question,answer,rating).",
      "No test puzzle is a training puzzle under any symmetry. The rating of a Sudoku is how often"
          + " a",
      "solver has to guess, that of a maze the steps of its shortest path."
    },
    footer = {
      "",
      "Examples:",
      "  trm data generate sudoku:size=9,train=1000,test=200,minRating=5 --out nine",
      "  trm data generate maze:size=30,minPath=110,train=1000,test=1000 --out mazes"
    })
final class GenerateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID:KEY=VALUE,...",
      description = "What to generate; trm data list names the options.")
  private String what;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "An empty or new folder.")
  private Path out;

  @Option(names = "--gzip", description = "Write train.csv.gz and test.csv.gz.")
  private boolean gzip;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  GenerateCommand() {}

  @Override
  public void run() {
    DatasetLocation location = DataText.locate(what);
    if (!location.path().isEmpty()) {
      throw new IllegalArgumentException(
          "data generate: %s is a file or folder, expected ID:KEY=VALUE,...".formatted(what));
    }
    try (Dataset dataset = Trm.standard().dataset(location)) {
      EndlessDataset.refuse(dataset);
      List<Path> files =
          StoppableBuild.write(spec.commandLine().getErr(), out, () -> write(dataset));
      files.forEach(file -> {
        String split = file.getFileName().toString().replaceFirst("\\.csv.*", "");
        Printer.of(spec)
            .line(
                "%s: %s puzzles, %s bytes"
                    .formatted(file, dataset.split(split).size(), size(file)));
      });
    }
  }

  private List<Path> write(Dataset dataset) {
    List<Path> files = new ArrayList<>();
    for (String split : dataset.splits()) {
      Path file = out.resolve(split + (gzip ? ".csv.gz" : ".csv"));
      if (dataset.split(split).size() > 0) {
        PuzzleCsv.write(file, dataset.domain().codec(), dataset.split(split), what);
        files.add(file);
      }
    }
    return files;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
