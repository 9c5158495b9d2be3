package org.trm4j.training.leakage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.training.checkpoint.DataIdentity;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.mixture.MixtureDataset;
import org.trm4j.training.mixture.TestedPuzzles;

/**
 * Finds puzzles of the other splits among training examples: equal ones, and those that a symmetry
 * of the puzzle maps onto each other. A run's examples are regenerated up to its last checkpoint.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Leakage {
  private static final String TRAIN = "train";
  private static final int SHOWN = 10;

  private final TestedPuzzles tested;
  private final LongConsumer progress;
  private final List<String> first = new ArrayList<>();
  private long checked;
  private long leaked;

  private Leakage(TestedPuzzles tested, LongConsumer progress) {
    this.tested = tested;
    this.progress = progress;
  }

  /**
   * Checks the training data of a run.
   *
   * @param dataset of the run, or the same data at another place; data that has changed is refused
   * @param progress takes the number of examples checked, after each one
   */
  public static LeakageReport of(RunFolder run, Dataset dataset, LongConsumer progress) {
    TrainingConfig config = run.config();
    ResumeState state = ResumeState.read(run.resumeFile());
    DataIdentity.same(state.data(), DataIdentity.of(dataset));
    long seed = config.run().seed();
    boolean augment = config.data().augment();
    long examples = state.counters().examples();
    Leakage leakage = new Leakage(TestedPuzzles.of(dataset), progress);
    if (dataset.unwrap() instanceof MixtureDataset mixture) {
      for (MixtureDataset.Taken part : mixture.taken(examples, state.counters().stream())) {
        if (part.part() > 0 || !leakage.list("data set 1: ", part.dataset())) {
          leakage.part(mixture, part, seed, augment);
        }
      }
    } else if (!leakage.list("", dataset)) {
      try (ExampleStream stream = dataset.trainingStream(seed, augment)) {
        leakage.stream("", stream, examples);
      }
    }
    return new LeakageReport(
        examples, leakage.checked, leakage.tested.size(), leakage.leaked, leakage.first);
  }

  /** Examples that the mixture left out of a part were not trained on. */
  private void part(MixtureDataset mixture, MixtureDataset.Taken part, long seed, boolean augment) {
    long before = leaked;
    List<String> places = new ArrayList<>(first);
    try (ExampleStream stream = mixture.open(part, seed, augment)) {
      stream("data set %s: ".formatted(part.part() + 1), stream, part.count());
    }
    leaked -= part.refused();
    checked -= part.refused();
    if (leaked <= before) {
      leaked = before;
      first.clear();
      first.addAll(places);
    }
  }

  private boolean list(String place, Dataset dataset) {
    if (!dataset.splits().contains(TRAIN)) {
      return false;
    }
    ExampleSource train = dataset.split(TRAIN);
    for (int i = 0; i < train.size(); i++) {
      check(place + "training example " + i, train.get(i));
    }
    return true;
  }

  private void stream(String place, ExampleStream stream, long count) {
    for (long i = 0; i < count; i++) {
      check(place + "position " + i, stream.next());
    }
  }

  private void check(String place, Example example) {
    checked++;
    if (tested.contains(example)) {
      leaked++;
      if (first.size() < SHOWN) {
        first.add(place);
      }
    }
    progress.accept(checked);
  }
}
