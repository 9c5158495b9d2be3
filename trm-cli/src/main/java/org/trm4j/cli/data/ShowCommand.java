package org.trm4j.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Mixin private SplitMixin split;

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

  @Option(names = "--json", description = "Print the examples as JSON instead of drawing them.")
  private boolean json;

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
    List<Map<String, Object>> values = new ArrayList<>();
    try (Dataset dataset = data.open()) {
      String name = split.of(dataset);
      ExampleSource source = dataset.split(name);
      if (index < 0 || count < 1 || (long) index + count > source.size()) {
        throw new IllegalArgumentException(
            "data show: examples %s to %s, %s has 0 to %s"
                .formatted(index, (long) index + count - 1, name, source.size() - 1));
      }
      for (int i = index; i < index + count; i++) {
        Example example = source.get(i);
        if (json) {
          values.add(values(name, i, dataset, example));
          pictures.addAll(pictures(dataset.domain(), example));
          continue;
        }
        printer.line(
            "%s %s%s"
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
    if (json) {
      printer.json(values);
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

  private Map<String, Object> values(String name, int number, Dataset dataset, Example example) {
    PuzzleDomain domain = dataset.domain();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("split", name);
    values.put("index", number);
    if (dataset.puzzleIdentifiers() > 1) {
      values.put("puzzleIdentifier", example.puzzleIdentifier());
    }
    values.put("question", domain.codec().decode(example.tokens()));
    values.put("tokens", example.tokens());
    if (!noAnswer) {
      values.put("answer", domain.codec().decode(example.labels()));
      values.put("labels", example.labels());
    }
    return values;
  }

  private List<Picture> pictures(PuzzleDomain domain, Example example) {
    Picture question = Picture.of(domain.id(), domain.codec(), example.tokens(), example.tokens());
    return noAnswer
        ? List.of(question)
        : List.of(
            question, Picture.of(domain.id(), domain.codec(), example.tokens(), example.labels()));
  }
}
