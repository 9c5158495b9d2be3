package org.trm4j.datasets.io.arc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.arc.ArcAugmentations;
import org.trm4j.datasets.arc.ArcDomain;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.arc.ArcTransform;
import org.trm4j.datasets.io.json.JsonFiles;
import org.trm4j.datasets.io.npy.GroupStream;
import org.trm4j.datasets.support.NoEvaluator;

/**
 * ARC tasks with augmentations, divided as published: of the tested tasks the train pairs are
 * trained on and the test pairs evaluated; of all others both are trained on. Each augmented task
 * is a puzzle with an identifier of its own. Only the augmentations are held in memory (a symmetry
 * and ten colours each); examples are made on demand.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ArcDataset implements Dataset {
  private static final Set<String> SPLITS =
      Collections.unmodifiableSet(new LinkedHashSet<>(List.of("train", "test")));

  private final ArcSplit train;
  private final ArcSplit test;
  private final List<ArcTask> tested;
  private final int identifiers;
  private final List<Dataset.SkippedRow> skipped;
  private final List<String> notes;

  /**
   * Augments tasks, on all processors.
   *
   * @param tasks of all subsets
   * @param tested those whose test pairs are evaluated, by their place in {@code tasks}
   * @param augmentations of each task
   * @param skipped what was left out
   * @param notes how the files were read
   */
  public ArcDataset(
      List<ArcTask> tasks,
      Set<Integer> tested,
      ArcAugmentations augmentations,
      List<Dataset.SkippedRow> skipped,
      List<String> notes) {
    List<List<ArcTransform>> transforms =
        IntStream.range(0, tasks.size())
            .parallel()
            .mapToObj(i -> augmentations.of(tasks.get(i)))
            .toList();
    Identifiers numbers = new Identifiers();
    List<ArcGroup> training = new ArrayList<>();
    List<ArcGroup> testing = new ArrayList<>();
    this.tested = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      ArcTask task = tasks.get(i);
      int[] ids = numbers.of(task.name(), transforms.get(i));
      boolean evaluated = tested.contains(i);
      training.add(
          new ArcGroup(
              task.name(),
              evaluated ? task.train() : task.pairs().stream().filter(ArcPair::known).toList(),
              transforms.get(i),
              ids));
      if (evaluated) {
        testing.add(new ArcGroup(task.name(), task.test(), transforms.get(i), ids));
        this.tested.add(task);
      }
    }
    this.train = new ArcSplit(training, true, augmentations.seed());
    this.test = new ArcSplit(testing, false, augmentations.seed());
    this.identifiers = numbers.next;
    this.skipped = List.copyOf(skipped);
    this.notes = List.copyOf(notes);
  }

  /** Numbers augmented tasks by name, from 1; a task that comes again keeps its numbers. */
  private static final class Identifiers {
    private final Map<String, List<ArcTransform>> transforms = new HashMap<>();
    private final Map<String, int[]> numbers = new HashMap<>();
    private int next = 1;

    int[] of(String task, List<ArcTransform> wanted) {
      List<ArcTransform> known = transforms.getOrDefault(task, List.of());
      int[] knownNumbers = numbers.getOrDefault(task, new int[0]);
      Map<ArcTransform, Integer> byTransform = new HashMap<>();
      for (int i = 0; i < knownNumbers.length; i++) {
        byTransform.put(known.get(i), knownNumbers[i]);
      }
      int[] result = new int[wanted.size()];
      for (int i = 0; i < result.length; i++) {
        Integer number = byTransform.get(wanted.get(i));
        result[i] = number == null ? next++ : number;
      }
      transforms.put(task, wanted);
      numbers.put(task, result);
      return result;
    }
  }

  ArcSplit train() {
    return train;
  }

  ArcSplit test() {
    return test;
  }

  List<ArcTask> tested() {
    return tested;
  }

  @Override
  public PuzzleDomain domain() {
    return new ArcDomain();
  }

  @Override
  public int puzzleIdentifiers() {
    return identifiers;
  }

  @Override
  public List<String> identifierNames() {
    List<String> names = new ArrayList<>(identifiers);
    names.add(JsonFiles.BLANK);
    for (ArcGroup group : train.groupList()) {
      for (int puzzle = 0; puzzle < group.transforms().size(); puzzle++) {
        if (group.identifiers()[puzzle] == names.size()) {
          names.add(group.name(puzzle));
        }
      }
    }
    return names;
  }

  @Override
  public Set<String> splits() {
    return SPLITS;
  }

  @Override
  public ExampleSource split(String name) {
    return switch (name) {
      case "train" -> train;
      case "test" -> test;
      default ->
          throw new DatasetException(
              "data set arc: no split %s, there are [train, test]".formatted(name));
    };
  }

  /** Takes one augmentation of each task in turn; without {@code augment} nothing is moved. */
  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    return new GroupStream(augment ? train : train.untranslated(), train, seed);
  }

  @Override
  public Evaluator evaluator(String split) {
    return split.equals("test") ? new ArcEvaluator(test, tested) : new NoEvaluator();
  }

  @Override
  public List<Dataset.SkippedRow> skipped() {
    return skipped;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
