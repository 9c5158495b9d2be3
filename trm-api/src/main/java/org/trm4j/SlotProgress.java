package org.trm4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.episode.TaskSlot;
import org.trm4j.halting.spi.Change;
import org.trm4j.halting.spi.Progress;
import org.trm4j.task.spi.Outcome;

/** One try at a puzzle on its way through the supervision steps. */
final class SlotProgress implements Progress {
  /** q_halt of an attempt that its transition has ended, well or badly. */
  private static final float SURE = 20;

  final RolloutGroup group;
  final int rollout;
  private final int[] question;
  private final @Nullable PuzzleDomain domain;
  private final boolean keepDrafts;
  private final ChangeMeter changes;
  private final @Nullable TaskSlot task;
  private boolean ended;
  private final List<Draft> drafts = new ArrayList<>();
  private int[] prediction = {};
  private int[] previous = {};
  private @Nullable Verification verification;
  private float haltLogit;
  private float continueLogit;
  private int steps;
  private int unchanged;

  SlotProgress(
      RolloutGroup group,
      int rollout,
      @Nullable PuzzleDomain domain,
      boolean keepDrafts,
      ChangeMeter changes,
      @Nullable TaskSlot task) {
    this.task = task;
    this.changes = changes;
    this.group = group;
    this.rollout = rollout;
    this.question = group.puzzle.tokens();
    this.domain = domain;
    this.keepDrafts = keepDrafts;
  }

  void read(InferenceSession session, int slot) {
    int[] old = previous;
    previous = prediction;
    if (task != null) {
      transition(task.stepped(session, slot));
    } else {
      // Two arrays take turns.
      prediction = old.length == 0 ? new int[question.length] : old;
      session.predictions(slot, prediction);
      haltLogit = session.haltLogit(slot);
      continueLogit = session.continueLogit(slot);
    }
    changes.read(session, slot);
    steps++;
    unchanged = Arrays.equals(previous, prediction) ? unchanged + 1 : 0;
    if (unchanged == 0) {
      verification = null;
    }
    if (keepDrafts) {
      drafts.add(new Draft(steps, prediction, haltLogit));
    }
  }

  private void transition(Outcome outcome) {
    prediction = outcome.draft().clone();
    ended = !(outcome instanceof Outcome.Continue);
    haltLogit =
        switch (outcome) {
          case Outcome.Done done -> SURE;
          case Outcome.Restart restart -> -SURE;
          case Outcome.Continue next -> 0;
        };
  }

  /** Returns whether the attempt is over, as its transition says. */
  boolean ended() {
    return ended;
  }

  Answer answer() {
    String text = domain == null ? "" : domain.codec().decode(prediction.clone());
    return new Answer(
        question,
        prediction,
        text,
        verification(),
        haltLogit,
        steps,
        drafts,
        rollout,
        steps,
        false);
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public float haltLogit() {
    return haltLogit;
  }

  @Override
  public float continueLogit() {
    return continueLogit;
  }

  @Override
  public int unchangedSteps() {
    return unchanged;
  }

  @Override
  public double change(Change change) {
    return changes.change(change);
  }

  @Override
  public Verification verification() {
    Verification known = verification;
    if (known == null) {
      // A plug-in gets copies: what it writes changes no answer.
      Optional<Verifier> verifier = domain == null ? Optional.empty() : domain.verifier();
      known =
          verifier
              .map(v -> v.verify(question.clone(), prediction.clone()))
              .orElse(Verification.UNVERIFIABLE);
      verification = known;
    }
    return known;
  }
}
