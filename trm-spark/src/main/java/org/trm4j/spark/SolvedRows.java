package org.trm4j.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;

/**
 * The rows of a partition with their answers, in order. Rows are solved in windows of many batches:
 * within a window, a puzzle that has stopped makes room for the next, and memory holds no more than
 * one window's rows.
 */
final class SolvedRows implements Iterator<Row> {
  private static final int BATCHES_IN_A_WINDOW = 64;

  private final TrmModel model;
  private final SolveSettings settings;
  private final SolveOptions options;
  private final Iterator<Row> rows;
  private final int threads;
  private final Queue<Row> ready = new ArrayDeque<>();

  SolvedRows(
      TrmModel model,
      SolveSettings settings,
      Iterator<Row> rows,
      int threads,
      BooleanSupplier stop) {
    this.model = model;
    this.settings = settings;
    this.options = settings.options().withStop(stop);
    this.rows = rows;
    this.threads = threads;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (ready.isEmpty()) {
      solveWindow();
    }
    Row row = ready.poll();
    if (row == null) {
      throw new NoSuchElementException();
    }
    return row;
  }

  private void solveWindow() {
    int limit = settings.batch() * BATCHES_IN_A_WINDOW;
    List<Row> window = new ArrayList<>();
    List<Object[]> results = new ArrayList<>();
    List<Puzzle> puzzles = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    while (window.size() < limit && rows.hasNext()) {
      Row row = rows.next();
      Object[] result = new Object[AnswerColumns.COUNT];
      try {
        puzzles.add(PuzzleReader.read(model, row, settings.puzzleColumn()));
        places.add(window.size());
      } catch (IllegalArgumentException | org.trm4j.dataset.spi.DatasetException e) {
        result[AnswerColumns.ERROR] = e.getMessage();
      }
      window.add(row);
      results.add(result);
    }
    Timed timed = new Timed(puzzles);
    TaskThreads.solve(
        model,
        timed,
        threads,
        settings.batch(),
        options,
        (answer, number) -> fill(results.get(places.get(number)), answer, timed.since(number)));
    for (int i = 0; i < window.size(); i++) {
      ready.add(append(window.get(i), results.get(i)));
    }
  }

  private static void fill(Object[] result, Answer answer, double seconds) {
    result[AnswerColumns.ANSWER] = answer.text().isEmpty() ? null : answer.text();
    result[AnswerColumns.TOKENS] = answer.tokens();
    result[AnswerColumns.VERIFIED] = answer.verified();
    result[AnswerColumns.CONFIDENCE] = answer.confidence();
    result[AnswerColumns.STEPS] = answer.totalSteps();
    result[AnswerColumns.SECONDS] = seconds;
  }

  private static Row append(Row row, @Nullable Object[] result) {
    Object[] values = new Object[row.length() + result.length];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(result, 0, values, row.length(), result.length);
    return RowFactory.create(values);
  }

  /** Records when each puzzle was taken. */
  private static final class Timed implements Iterator<TaskThreads.Numbered> {
    private final List<Puzzle> puzzles;
    private final long[] taken;
    private int next;

    Timed(List<Puzzle> puzzles) {
      this.puzzles = puzzles;
      this.taken = new long[puzzles.size()];
    }

    @Override
    public boolean hasNext() {
      return next < puzzles.size();
    }

    @Override
    public TaskThreads.Numbered next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      taken[next] = System.nanoTime();
      return new TaskThreads.Numbered(puzzles.get(next), next++);
    }

    double since(int number) {
      return (System.nanoTime() - taken[number]) * 1e-9;
    }
  }
}
