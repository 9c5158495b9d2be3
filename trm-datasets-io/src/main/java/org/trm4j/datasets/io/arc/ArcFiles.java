package org.trm4j.datasets.io.arc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.arc.ArcAugmentations;
import org.trm4j.datasets.arc.ArcProvider;
import org.trm4j.datasets.arc.ArcTask;

/**
 * Files of the data set {@code arc}: ARC-AGI-1, ARC-AGI-2 and ConceptARC from task files, from
 * challenges with solutions, or from a builder's folder.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ArcFiles implements DatasetReader {
  private static final String ID = ArcProvider.ID;

  private static final List<DatasetProvider.Option> OPTIONS =
      List.of(
          new DatasetProvider.Option(
              "subsets",
              "",
              "joined by +, such as training+evaluation+concept, which is the default where there"
                  + " are these"),
          new DatasetProvider.Option(
              "test",
              "",
              "the subset whose test pairs are evaluated, or all; evaluation or evaluation2 where"
                  + " there is one, else all"),
          new DatasetProvider.Option("augmentations", "0", "of each task; 1000 as published"),
          new DatasetProvider.Option(
              "tasks", "0", "takes only the first of each subset; 0 for all"),
          new DatasetProvider.Option("seed", "42", "of the augmentations"),
          new DatasetProvider.Option(
              "solutions", "required", "optional: test pairs without output get a black cell"),
          new DatasetProvider.Option(
              "skipInvalid", "false", "true leaves invalid tasks out and lists them"));

  /** Called by the service loader. */
  public ArcFiles() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<DatasetProvider.Option> options() {
    return OPTIONS;
  }

  @Override
  public boolean accepts(Path path) {
    try {
      if (Files.isDirectory(path) && ArcBuiltDataset.accepts(path)) {
        return true;
      }
      Path task = Files.exists(path) ? ArcSubsets.anyTask(path) : null;
      return task != null && ArcShape.looksRight(task);
    } catch (DatasetException e) {
      return false;
    }
  }

  @Override
  public Dataset open(Path path, Map<String, String> options) {
    Options read = new Options(ID, OPTIONS, options);
    if (!Files.exists(path)) {
      throw new DatasetException("%s: not found".formatted(path));
    }
    if (Files.isDirectory(path) && ArcBuiltDataset.accepts(path)) {
      return ArcBuiltDataset.open(path);
    }
    Map<String, List<Path>> found = ArcSubsets.of(path);
    if (found.isEmpty()) {
      throw new DatasetException(
          "%s: expected *_challenges.json, task files, or folders of task files".formatted(path));
    }
    List<String> subsets = ArcSubsets.chosen(found, read.text("subsets"), path);
    String tested = ArcSubsets.tested(subsets, read.text("test"), path);
    String solutions = read.text("solutions");
    if (!solutions.equals("required") && !solutions.equals("optional")) {
      throw new DatasetException(
          "data set arc: option solutions is %s, expected required or optional"
              .formatted(solutions));
    }
    List<Dataset.SkippedRow> skipped = new ArrayList<>();
    ArcReader reader =
        new ArcReader(solutions.equals("required"), read.flag("skipInvalid"), skipped);
    long most = read.integer("tasks", 0, Integer.MAX_VALUE);
    ArcCollection tasks = new ArcCollection();
    for (String subset : subsets) {
      List<ArcTask> all = reader.read(found.getOrDefault(subset, List.of()), subset);
      tasks.add(
          subset,
          most == 0 || most > all.size() ? all : all.subList(0, (int) most),
          tested.equals(ArcSubsets.ALL) || subset.equals(tested));
    }
    tasks.note("tested: the test pairs of " + tested);
    if (reader.listed() > 0) {
      tasks.note(
          "%s tasks are lists of pairs: the last pair of each is its test"
              .formatted(reader.listed()));
    }
    List<String> others = ArcSubsets.notTasks(path);
    if (!others.isEmpty()) {
      tasks.note("not read: " + String.join(", ", others));
    }
    List<String> unread =
        found.keySet().stream().filter(name -> !subsets.contains(name)).sorted().toList();
    if (!unread.isEmpty()) {
      tasks.note("not read: the subsets %s; subsets=... takes them".formatted(unread));
    }
    return new ArcDataset(
        tasks.tasks(),
        tasks.tested(),
        new ArcAugmentations(
            (int) read.integer("augmentations", 0, 100_000),
            read.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE)),
        skipped,
        tasks.notes());
  }
}
