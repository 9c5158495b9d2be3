package org.trm4j.datasets.sudoku;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.datasets.support.UniqueSolution;

/** Sudoku of one size. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record SudokuDomain(SudokuShape shape) implements PuzzleDomain, UniqueSolution {
  @Override
  public String id() {
    return SudokuProvider.ID;
  }

  @Override
  public Map<String, String> options() {
    String size = String.valueOf(shape.size());
    return shape.equals(SudokuShape.of(shape.size()))
        ? Map.of("size", size)
        : Map.of("size", size, "boxes", shape.boxRows() + "x" + shape.boxColumns());
  }

  @Override
  public int seqLen() {
    return shape.cells();
  }

  @Override
  public int vocabSize() {
    return shape.vocabSize();
  }

  @Override
  public boolean severalSolutions(int[] question) {
    return new SudokuSolutions(shape).count(question, 2, SudokuSolutions.BOUND) == 2;
  }

  @Override
  public PuzzleCodec codec() {
    return new SudokuCodec(shape);
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.of(new SudokuVerifier(shape));
  }

  @Override
  public Optional<Symmetry.Family> symmetries() {
    return Optional.of(new SudokuSymmetries(shape));
  }

  @Override
  public Optional<Symmetry.Key> symmetry() {
    return Optional.of(new SudokuSymmetryKey(shape));
  }
}
