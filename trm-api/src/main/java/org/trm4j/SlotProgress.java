package org.trm4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.episode.SlotWork;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.halting.spi.Change;
import org.trm4j.halting.spi.Progress;
import org.trm4j.plan.Plan;
import org.trm4j.task.spi.Outcome;

/** One try at a puzzle on its way through the supervision steps. */
final class SlotProgress implements Progress, SlotWork {
  /** q_halt of an attempt that its transition has ended, well or badly. */
  private static final float SURE = 20;

  final RolloutGroup group;
  final int rollout;
  private final Setting setting;
  private final int[] question;
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

  /**
   * What the tries of one call have in common.
   *
   * @param plan that the session runs
   * @param rules of its task; null for the published one
   * @param changes that are measured
   */
  record Setting(
      InferenceSession session,
      Plan plan,
      @Nullable TaskRules rules,
      @Nullable PuzzleDomain domain,
      SolveOptions options,
      Set<Change> changes) {}

  SlotProgress(RolloutGroup group, int rollout, Setting setting) {
    this.group = group;
    this.rollout = rollout;
    this.setting = setting;
    this.question = group.puzzle.tokens();
    this.changes =
        new ChangeMeter(setting.changes(), setting.plan(), setting.options().rollouts().window());
    TaskRules rules = setting.rules();
    this.task = rules == null ? null : rules.begin(key(), question, null);
  }

  private long key() {
    return setting.options().rollouts().key(group.puzzle, rollout);
  }

  @Override
  public void begin(int slot) {
    InferenceSession session = setting.session();
    session.start(slot, question, group.puzzle.puzzleIdentifier(), key());
    if (task != null) {
      task.show(session, slot);
    }
    changes.begin(session, slot);
  }

  @Override
  public void stepped(int slot, int done) {
    InferenceSession session = setting.session();
    steps = done;
    int[] old = previous;
    previous = prediction;
    if (task != null) {
      transition(task.stepped(session, slot, done));
    } else {
      // Two arrays take turns.
      prediction = old.length == 0 ? new int[question.length] : old;
      session.predictions(slot, prediction);
      haltLogit = session.haltLogit(slot);
      continueLogit = session.continueLogit(slot);
    }
    changes.read(session, slot);
    unchanged = Arrays.equals(previous, prediction) ? unchanged + 1 : 0;
    if (unchanged == 0) {
      verification = null;
    }
    if (setting.options().keepDrafts()) {
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

  @Override
  public boolean ends(int slot, int done) {
    return ended || setting.options().halting().halt(this);
  }

  Answer answer() {
    PuzzleDomain domain = setting.domain();
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
      PuzzleDomain domain = setting.domain();
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
