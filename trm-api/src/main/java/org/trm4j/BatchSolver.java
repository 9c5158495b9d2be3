package org.trm4j;

import java.util.Iterator;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * Drives the slots of a session: a slot whose puzzle has stopped takes the next one, so that
 * stopping early saves work.
 */
final class BatchSolver {
  private final InferenceSession session;
  private final @Nullable PuzzleDomain domain;
  private final SolveOptions options;
  private final @Nullable SlotProgress[] slots;
  private final int[] numbers;

  BatchSolver(InferenceSession session, @Nullable PuzzleDomain domain, SolveOptions options) {
    this.session = session;
    this.domain = domain;
    this.options = options;
    this.slots = new @Nullable SlotProgress[session.slots()];
    this.numbers = new int[session.slots()];
  }

  /**
   * Solves all puzzles; each answer is handed over with the puzzle's number as soon as it is there.
   */
  void solve(Iterator<Puzzle> puzzles, ObjIntConsumer<Answer> answers) {
    int next = 0;
    while (true) {
      int running = 0;
      for (int slot = 0; slot < slots.length; slot++) {
        if (slots[slot] == null && puzzles.hasNext()) {
          Puzzle puzzle = puzzles.next();
          session.start(slot, puzzle.tokens(), puzzle.puzzleIdentifier());
          slots[slot] = new SlotProgress(puzzle, domain, options.keepDrafts());
          numbers[slot] = next++;
        }
        running += slots[slot] == null ? 0 : 1;
      }
      if (running == 0) {
        return;
      }
      session.step();
      for (int slot = 0; slot < slots.length; slot++) {
        SlotProgress progress = slots[slot];
        if (progress != null) {
          progress.read(session, slot);
          if (progress.steps() >= options.maxSteps() || options.halting().halt(progress)) {
            session.stop(slot);
            slots[slot] = null;
            answers.accept(progress.answer(), numbers[slot]);
          }
        }
      }
    }
  }
}
