package org.trm4j.datasets.maze;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apiguardian.api.API;
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

  @Override
  public Optional<Symmetry.Key> symmetry() {
    return Optional.of(new MazeSymmetryKey(shape));
  }
}
