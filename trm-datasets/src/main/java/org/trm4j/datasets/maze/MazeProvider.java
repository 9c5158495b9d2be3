package org.trm4j.datasets.maze;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.datasets.Options;

/** The data set {@code maze}: its domain and its generator; a reader opens its files. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class MazeProvider implements DatasetProvider {
  /** The id of the data set. */
  public static final String ID = "maze";

  private static final List<DatasetProvider.Option> OPTIONS =
      List.of(
          new DatasetProvider.Option(
              "size", "30", "rows and columns, such as 30 or, rows first, 9x16"),
          new DatasetProvider.Option(
              "train", "1000", "generated training mazes; endless: made while training"),
          new DatasetProvider.Option("test", "1000", "generated test mazes"),
          new DatasetProvider.Option("seed", "1", "of the generator"),
          new DatasetProvider.Option(
              "minPath", "", "fewest steps from S to G; size x size / 8 unless set"),
          new DatasetProvider.Option("maxPath", "", "most steps from S to G; any unless set"),
          new DatasetProvider.Option(
              "loops", "0", "per cent of the walls that are opened; 0: only one path"),
          new DatasetProvider.Option(
              "walls",
              "0",
              "per cent of the cells that are walls at random, 37 as in Maze-Hard; 0: corridors"));

  /** Called by the service loader. */
  public MazeProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "shortest paths through mazes, from files or generated";
  }

  @Override
  public List<DatasetProvider.Option> options() {
    return OPTIONS;
  }

  @Override
  public PuzzleDomain domain(Map<String, String> options) {
    return new MazeDomain(shape(new Options(ID, OPTIONS, options)));
  }

  private static MazeShape shape(Options options) {
    return MazeShape.of(options.text("size"));
  }

  @Override
  public boolean generates() {
    return true;
  }

  @Override
  public Dataset generate(Map<String, String> options) {
    Options read = new Options(ID, OPTIONS, options);
    MazeShape shape = shape(read);
    MazeKind kind = MazeKind.of(shape, read);
    long seed = read.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    boolean endless = read.endless("train");
    Map<String, List<Example>> splits =
        new MazeGenerator(kind, seed)
            .generate(
                endless ? 0 : (int) read.integer("train", 0, 10_000_000),
                (int) read.integer("test", 0, 10_000_000))
            .byName();
    if (endless) {
      splits.remove("train");
    }
    Dataset lists = MemoryDataset.rated(new MazeDomain(shape), splits, MazeProvider::steps);
    return endless ? new EndlessDataset(lists, MazeGenerator.endless(kind), seed) : lists;
  }

  /** The rating of a generated maze: the steps of its shortest path. */
  private static int steps(Example maze) {
    int steps = 1;
    for (int token : maze.labels()) {
      steps += token == MazeShape.PATH ? 1 : 0;
    }
    return steps;
  }
}
