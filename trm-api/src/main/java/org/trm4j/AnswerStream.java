package org.trm4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the order of their puzzles, solved in parts on request. No session is held between two
 * parts, so an unfinished stream costs nothing.
 */
final class AnswerStream implements Iterator<Answer> {
  /** The size of a part in batches; the first part is one batch. */
  private static final int BATCHES = 4;

  /** Solves a part; puzzles without an answer are left out. */
  interface Part {
    List<Answer> solve(List<Puzzle> puzzles, StopSignal stop);
  }

  private final Iterator<Puzzle> puzzles;
  private final int batch;
  private final SolveOptions options;
  private final Part part;
  private @Nullable StopSignal stop;
  private Iterator<Answer> ready = Collections.emptyIterator();
  private boolean ended;

  AnswerStream(Iterator<Puzzle> puzzles, int batch, SolveOptions options, Part part) {
    this.puzzles = puzzles;
    this.batch = batch;
    this.options = options;
    this.part = part;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext() && !ended && puzzles.hasNext()) {
      StopSignal signal = stop;
      int most = signal == null ? batch : Math.multiplyExact(batch, BATCHES);
      if (signal == null) {
        // The options' timeout covers the whole stream, from the first request.
        signal = new StopSignal(options);
        stop = signal;
      }
      List<Puzzle> next = new ArrayList<>();
      while (next.size() < most && puzzles.hasNext()) {
        next.add(puzzles.next());
      }
      ready = part.solve(next, signal).iterator();
      ended = signal.getAsBoolean();
    }
    return ready.hasNext();
  }

  @Override
  public Answer next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }
}
