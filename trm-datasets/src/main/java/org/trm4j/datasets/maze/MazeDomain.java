package org.trm4j.datasets.maze;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verifier;

/** Mazes of one shape. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record MazeDomain(MazeShape shape) implements PuzzleDomain {
  @Override
  public String id() {
    return MazeProvider.ID;
  }

  @Override
  public Map<String, String> options() {
    return Map.of("size", shape.written());
  }

  @Override
  public int seqLen() {
    return shape.cells();
  }

  @Override
  public int vocabSize() {
    return MazeShape.VOCABULARY;
  }

  @Override
  public PuzzleCodec codec() {
    return new MazeCodec(shape);
  }

  /** Padding occurs in no maze of this shape and has no character. */
  @Override
  public SortedMap<Integer, String> characters() {
    SortedMap<Integer, String> characters = PuzzleDomain.super.characters();
    characters.remove(0);
    return characters;
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.of(new MazeVerifier(shape));
  }

  @Override
  public Optional<Symmetry.Family> symmetries() {
    return Optional.of(new MazeSymmetries(shape));
  }

  /**
   * A symmetry turns a maze, and one of its shortest paths into one of the other's, but not the
   * published one ({@link Distances#solve}) into the published one. A network cannot tell which was
   * meant, so an augmented maze has the published path. An answer that is no shortest path, or not
   * whole, turns with its maze.
   */
  @Override
  public Optional<Augmentation> augmentation() {
    Augmentation turned = Augmentation.of(new MazeSymmetries(shape));
    return Optional.of((example, random) -> published(turned.augment(example, random)));
  }

  private Example published(Example maze) {
    int[] tokens = maze.tokens();
    if (!new MazeVerifier(shape).verify(tokens, maze.labels()).correct()) {
      return maze;
    }
    return new Example(
        tokens,
        new Distances(shape)
            .solve(
                MazeShape.find(MazeShape.START, tokens),
                MazeShape.find(MazeShape.GOAL, tokens),
                tokens),
        maze.puzzleIdentifier());
  }

  @Override
  public Optional<Symmetry.Key> symmetry() {
    return Optional.of(new MazeSymmetryKey(shape));
  }
}
