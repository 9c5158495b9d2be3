package org.trm4j;

import java.util.Iterator;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * Drives the slots of a session: a slot whose try has stopped takes the next one, so that stopping
 * early saves work.
 */
final class BatchSolver {
  private final InferenceSession session;
  private final @Nullable PuzzleDomain domain;
  private final SolveOptions options;
  private final @Nullable SlotProgress[] slots;
  private @Nullable RolloutGroup current;
  private int count;

  BatchSolver(InferenceSession session, @Nullable PuzzleDomain domain, SolveOptions options) {
    if (options.rollouts().choice() == Rollouts.Choice.VERIFIER
        && (domain == null || domain.verifier().isEmpty())) {
      throw new IllegalArgumentException(
          "rollouts: choice VERIFIER needs a puzzle domain with a verifier, this model has none");
    }
    this.session = session;
    this.domain = domain;
    this.options = options;
    this.slots = new @Nullable SlotProgress[session.slots()];
  }

  /**
   * Solves all puzzles; each answer is handed over with the puzzle's number as soon as it is there.
   */
  void solve(Iterator<Puzzle> puzzles, ObjIntConsumer<Answer> answers) {
    while (fill(puzzles)) {
      perturb();
      session.step();
      for (int slot = 0; slot < slots.length; slot++) {
        SlotProgress progress = slots[slot];
        if (progress != null) {
          progress.read(session, slot);
        }
      }
      // After all have been read: a try that is given up has taken this step as well.
      for (int slot = 0; slot < slots.length; slot++) {
        SlotProgress progress = slots[slot];
        if (progress != null
            && (progress.steps() >= options.maxSteps() || options.halting().halt(progress))) {
          free(slot);
          finish(progress, answers);
        }
      }
    }
  }

  /** Gives free slots the next tries; returns whether any slot is at work. */
  private boolean fill(Iterator<Puzzle> puzzles) {
    boolean busy = false;
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] == null) {
        RolloutGroup group = nextGroup(puzzles);
        if (group != null) {
          int attempt = group.next();
          Puzzle puzzle = group.puzzle;
          session.start(
              slot,
              puzzle.tokens(),
              puzzle.puzzleIdentifier(),
              options.rollouts().key(puzzle, attempt));
          slots[slot] = new SlotProgress(group, attempt, domain, options.keepDrafts());
        }
      }
      busy |= slots[slot] != null;
    }
    return busy;
  }

  private @Nullable RolloutGroup nextGroup(Iterator<Puzzle> puzzles) {
    RolloutGroup group = current;
    if (group == null || !group.hasNext()) {
      group =
          puzzles.hasNext() ? new RolloutGroup(puzzles.next(), count++, options.rollouts()) : null;
      current = group;
    }
    return group;
  }

  private void perturb() {
    float sigma = (float) options.rollouts().sigma();
    for (int slot = 0; slot < slots.length; slot++) {
      SlotProgress progress = slots[slot];
      if (progress != null && progress.rollout > 0 && sigma > 0) {
        long seed =
            options.rollouts().noiseSeed(progress.group.puzzle, progress.rollout, progress.steps());
        session.perturb(slot, sigma, seed);
      }
    }
  }

  private void finish(SlotProgress progress, ObjIntConsumer<Answer> answers) {
    RolloutGroup group = progress.group;
    if (group.complete()) {
      return;
    }
    group.finished(progress.answer());
    if (group.found()) {
      for (int slot = 0; slot < slots.length; slot++) {
        SlotProgress other = slots[slot];
        if (other != null && other.group == group) {
          group.abandoned(other.steps());
          free(slot);
        }
      }
    }
    if (group.complete()) {
      answers.accept(group.answer(), group.number);
    }
  }

  private void free(int slot) {
    session.stop(slot);
    slots[slot] = null;
  }
}
