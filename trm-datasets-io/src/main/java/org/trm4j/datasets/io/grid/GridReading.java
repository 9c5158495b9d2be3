package org.trm4j.datasets.io.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.grid.GridAlphabet;
import org.trm4j.datasets.grid.GridDomain;
import org.trm4j.datasets.grid.GridFrame;
import org.trm4j.datasets.grid.GridProvider;
import org.trm4j.datasets.io.files.PuzzleReading;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;

/** Reads the grids of files after two first readings of all of them. */
final class GridReading implements PuzzleReading {
  private final FieldNames names;
  private final GridCells cells;
  private final GridDomain domain;
  private final Verifier verifier;
  private final Map<String, Integer> tokens;
  private final List<String> notes = new ArrayList<>();

  GridReading(Collection<Path> files, Options options) {
    this.names = FieldNames.of(options);
    GridWriting writing = new GridWriting();
    files.forEach(file -> text(file, "").forEach(writing));
    this.cells = new GridCells(writing, options);
    GridScan scan = new GridScan(cells, options);
    files.forEach(file -> text(file, "").forEach(scan));
    GridFrame frame = scan.frame();
    GridAlphabet alphabet = scan.alphabet();
    this.domain =
        GridProvider.domain(alphabet, frame, options.text("rules"), options.text("symmetries"));
    this.verifier = domain.verifier().orElseThrow();
    this.tokens = alphabet.tokens();
    notes.add(
        cells.text().separated()
            ? "cells: separated by spaces or commas"
            : "cells: a character each, or the elements of JSON lists");
    notes.addAll(scan.notes());
    notes.add(
        domain.rules().isEmpty()
            ? "rules: none, so that answers are unverified; rules=... says what is right"
            : "rules: " + domain.rules().written());
  }

  private PuzzleTextFile text(Path file, String section) {
    return new PuzzleTextFile(file, GridLines::new, names, section);
  }

  @Override
  public PuzzleTextFile open(Path file, String split) {
    return text(file, PuzzleTextFile.sections(file).contains(split) ? split : "");
  }

  @Override
  public String question(String written) {
    return written;
  }

  @Override
  public GridDomain domain() {
    return domain;
  }

  @Override
  public int vocabSize() {
    return domain.vocabSize();
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public Example parse(PuzzleRow row) {
    if (row.answer().isBlank()) {
      throw new DatasetException("has no answer; only trm solve takes questions alone");
    }
    List<List<String>> question = cells.rows(row.question());
    List<List<String>> answer = cells.rows(row.answer());
    if (question.size() != answer.size()
        || question.getFirst().size() != answer.getFirst().size()) {
      throw new DatasetException(
          "the answer has %s rows of %s cells, expected %s of %s as the question has"
              .formatted(
                  answer.size(),
                  answer.getFirst().size(),
                  question.size(),
                  question.getFirst().size()));
    }
    Example example = new Example(tokens(question), tokens(answer), 0);
    Verification verification = verifier.verify(example.tokens(), example.labels());
    if (verification.outcome() == Verification.Outcome.WRONG) {
      throw new DatasetException("the answer is wrong: " + verification.detail());
    }
    return example;
  }

  private int[] tokens(List<List<String>> grid) {
    GridFrame frame = domain.frame();
    int[] result = new int[frame.cells()];
    for (int r = 0; r < grid.size(); r++) {
      for (int c = 0; c < grid.get(r).size(); c++) {
        Integer token = tokens.get(grid.get(r).get(c));
        if (token == null) {
          throw new DatasetException(
              "row %s column %s is '%s', expected one of %s"
                  .formatted(
                      r + 1,
                      c + 1,
                      grid.get(r).get(c),
                      GridAlphabet.list(domain.alphabet().symbols())));
        }
        result[r * frame.columns() + c] = token;
      }
    }
    return result;
  }
}
