package org.trm4j.training.mixture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.training.Weight;

/**
 * Several data sets of one kind of puzzle as one: each training example is drawn from one of them
 * by their weights at the training step (a curriculum, where these change). Splits are those of the
 * first, on which it is evaluated; no example of another part is a puzzle of these, up to symmetry.
 *
 * <pre>{@code
 * new MixtureDataset(List.of(
 *     new MixtureDataset.Part(trm.generate("sudoku", Map.of("train", "endless")), Weight.linear(0, 1, 10_000, 0.2)),
 *     new MixtureDataset.Part(trm.generate("sudoku", Map.of("train", "endless", "minRating", "20")), Weight.linear(0, 0, 10_000, 0.8))));
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class MixtureDataset implements Dataset {
  private final List<Part> parts;

  /**
   * One of the data sets.
   *
   * @param dataset closed with the mixture
   * @param weight its share of the examples, beside the weights of the others
   */
  public record Part(Dataset dataset, Weight weight) {}

  /**
   * Creates a mixture of at least one data set, all of the same domain; only one may have puzzles
   * with identities of their own. At every step at least one weight must be positive.
   */
  public MixtureDataset(List<Part> parts) {
    this.parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("mixture: no data sets, expected at least one");
    }
    PuzzleDomain first = parts.getFirst().dataset().domain();
    Set<Long> steps = new TreeSet<>();
    for (Part part : parts) {
      PuzzleDomain domain = part.dataset().domain();
      if (!domain.id().equals(first.id()) || !domain.options().equals(first.options())) {
        throw new DatasetException(
            "mixture: %s %s beside %s %s, expected one kind of puzzle"
                .formatted(domain.id(), domain.options(), first.id(), first.options()));
      }
      part.weight().points().forEach(point -> steps.add(point.step()));
    }
    if (parts.size() > 1
        && parts.stream().anyMatch(part -> part.dataset().puzzleIdentifiers() > 1)) {
      throw new DatasetException(
          "mixture: %s: puzzles with identities of their own cannot be mixed"
              .formatted(first.id()));
    }
    // Between two points every weight is linear: positive sums at both ends are positive between.
    for (long step : steps) {
      if (!(parts.stream().mapToDouble(part -> part.weight().at(step)).sum() > 0)) {
        throw new DatasetException(
            "mixture: all weights are 0 at step %s, expected one above 0".formatted(step));
      }
    }
  }

  /** Returns the data sets with their weights. */
  public List<Part> parts() {
    return parts;
  }

  private Dataset first() {
    return parts.getFirst().dataset();
  }

  @Override
  public PuzzleDomain domain() {
    return first().domain();
  }

  @Override
  public int puzzleIdentifiers() {
    return first().puzzleIdentifiers();
  }

  @Override
  public List<String> identifierNames() {
    return first().identifierNames();
  }

  @Override
  public Set<String> splits() {
    return first().splits();
  }

  @Override
  public ExampleSource split(String name) {
    return first().split(name);
  }

  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    List<ExampleStream> streams = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      streams.add(stream(i, seed, augment));
    }
    return new MixtureStream(
        streams, parts.stream().map(Part::weight).toList(), tested()::contains, seed);
  }

  /** The other parts do not know the test puzzles of the first. */
  private TestedPuzzles tested() {
    return parts.size() == 1 ? TestedPuzzles.NONE : TestedPuzzles.of(first());
  }

  /** A stream of one part, as the mixture takes it. */
  private ExampleStream stream(int part, long seed, boolean augment) {
    // Two parts of one location are different puzzles.
    return parts.get(part).dataset().trainingStream(seed + part * 0x9E3779B97F4A7C15L, augment);
  }

  /**
   * Returns the examples of each part that a mixture took, again; those refused are among them.
   *
   * @param count examples taken of the mixture
   * @param state of its stream after those
   */
  public List<Taken> taken(long count, String state) {
    MixtureStream.PartCounts counts = new MixtureStream.PartCounts(parts.size());
    List<String> own = counts.read(count, state);
    List<Taken> found = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      found.add(
          new Taken(parts.get(i).dataset(), i, counts.taken[i], counts.refused[i], own.get(i)));
    }
    return found;
  }

  /** Opens the stream of a part's examples at their start. */
  public ExampleStream open(Taken part, long seed, boolean augment) {
    return stream(part.part(), seed, augment);
  }

  /**
   * What was taken of a part.
   *
   * @param dataset of the part
   * @param part its number, 0 for the first
   * @param count examples taken, those refused included
   * @param refused examples left out because they are tested on
   * @param state of its stream after them
   */
  public record Taken(Dataset dataset, int part, long count, long refused, String state) {}

  @Override
  public Evaluator evaluator(String split) {
    return first().evaluator(split);
  }

  @Override
  public List<String> notes() {
    return parts.stream().flatMap(part -> part.dataset().notes().stream()).toList();
  }

  @Override
  public List<Dataset.SkippedRow> skipped() {
    return parts.stream().flatMap(part -> part.dataset().skipped().stream()).toList();
  }

  @Override
  public List<Dataset.Origin> origins() {
    return parts.stream().flatMap(part -> part.dataset().origins().stream()).toList();
  }

  @Override
  public void close() {
    parts.forEach(part -> part.dataset().close());
  }
}
