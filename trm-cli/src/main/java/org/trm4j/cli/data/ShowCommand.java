package org.trm4j.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws puzzles. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Draws puzzles in the terminal, and as PNG or SVG: the question, then its answer.",
    footer = {
      "",
      "Examples:",
      "  trm data show sudoku:size=6 --index 3 --count 2",
      "  trm data show maze:size=15,minPath=40 --svg maze.svg"
    })
final class ShowCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private DataArgument data;

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "The split; test where there is one, else the only one.")
  private @Nullable String split;

  @Option(
      names = "--index",
      paramLabel = "N",
      defaultValue = "0",
      description = "The first example, from 0. Default: ${DEFAULT-VALUE}.")
  private int index;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many examples. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(names = "--no-answer", description = "Draw only the question.")
  private boolean noAnswer;

  @Option(names = "--png", paramLabel = "FILE", description = "Also write a PNG.")
  private @Nullable Path png;

  @Option(names = "--svg", paramLabel = "FILE", description = "Also write an SVG.")
  private @Nullable Path svg;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ShowCommand() {}

  @Override
  public void run() {
    List<Picture> pictures = new ArrayList<>();
    Printer printer = Printer.of(spec);
    try (Dataset dataset = data.open()) {
      String name =
          split != null
              ? split
              : dataset.splits().contains("test") ? "test" : dataset.splits().iterator().next();
      ExampleSource source = dataset.split(name);
      if (index < 0 || count < 1 || (long) index + count > source.size()) {
        throw new IllegalArgumentException(
            "data show: examples %d to %d, %s has 0 to %d"
                .formatted(index, (long) index + count - 1, name, source.size() - 1));
      }
      for (int i = index; i < index + count; i++) {
        Example example = source.get(i);
        printer.line(
            "%s %d%s"
                .formatted(
                    name,
                    i,
                    dataset.puzzleIdentifiers() > 1
                        ? ", puzzle identifier " + example.puzzleIdentifier()
                        : ""));
        for (Picture picture : pictures(dataset.domain(), example)) {
          printer.styled(picture.text());
          pictures.add(picture);
        }
      }
    }
    Path pngFile = png;
    if (pngFile != null) {
      PngPicture.write(pictures, pngFile);
    }
    Path svgFile = svg;
    if (svgFile != null) {
      try {
        Files.writeString(svgFile, SvgPicture.draw(pictures));
      } catch (IOException e) {
        throw new DatasetException("%s: cannot be written: %s".formatted(svgFile, e), e);
      }
    }
  }

  private List<Picture> pictures(PuzzleDomain domain, Example example) {
    Picture question = Picture.of(domain.id(), domain.codec(), example.tokens(), example.tokens());
    return noAnswer
        ? List.of(question)
        : List.of(
            question, Picture.of(domain.id(), domain.codec(), example.tokens(), example.labels()));
  }
}
