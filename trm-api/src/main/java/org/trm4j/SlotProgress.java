package org.trm4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.episode.SlotWork;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.halting.spi.Progress;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.task.spi.Transition;
import org.trm4j.view.ChangeMeter;
import org.trm4j.view.DraftDetails;
import org.trm4j.view.GridText;
import org.trm4j.view.Logit;

/** One attempt at a puzzle on its way through the supervision steps. */
final class SlotProgress implements Progress, SlotWork {
  /** q_halt of an attempt that its transition has ended, well or badly. */
  private static final float SURE = 20;

  private static final String HALTING_HEAD = "halting head";

  /** Sets the draw of a symmetry apart from those of the plan, of noise and of transitions. */
  private static final long SYMMETRY = 5;

  final AttemptGroup group;
  final int attempt;
  private final Setting setting;
  private final int[] question;
  private final ChangeMeter changes;
  private final @Nullable TaskSlot task;
  // What the session sees the puzzle under; null as it is.
  private @Nullable Symmetry symmetry;
  private @Nullable Symmetry back;
  private Answer.@Nullable Ending ended;
  private final List<Draft> drafts = new ArrayList<>();
  // What has not changed is the same array again: most drafts of most puzzles.
  private final List<int[]> predictions = new ArrayList<>();
  private float[] haltLogits = new float[16];
  private int[] prediction = {};
  private @Nullable Verification verification;
  private float haltLogit;
  private float continueLogit;
  private int steps;
  private int unchanged;

  /**
   * What the attempts of one call have in common.
   *
   * @param plan that the session runs
   * @param rules of its task; null for the published one
   * @param changes that are measured
   * @param details of drafts; null where they were not asked for
   */
  record Setting(
      InferenceSession session,
      Plan plan,
      @Nullable TaskRules rules,
      @Nullable PuzzleDomain domain,
      SolveOptions options,
      Set<Progress.Change> changes,
      @Nullable DraftDetails details) {}

  SlotProgress(AttemptGroup group, int attempt, Setting setting) {
    this.group = group;
    this.attempt = attempt;
    this.setting = setting;
    this.question = group.puzzle.tokens();
    this.changes =
        new ChangeMeter(setting.changes(), setting.plan(), setting.options().attempts().window());
    TaskRules rules = setting.rules();
    this.symmetry = symmetry();
    this.back = symmetry == null ? null : symmetry.inverse();
    this.task = rules == null ? null : rules.beginUnder(key(), attempt, question, symmetry);
  }

  private long key() {
    return setting.options().attempts().key(group.puzzle, attempt);
  }

  private @Nullable Symmetry symmetry() {
    PuzzleDomain domain = setting.domain();
    if (attempt == 0 || domain == null || !setting.options().attempts().symmetries()) {
      return null;
    }
    Symmetry.Family symmetries = domain.symmetries().orElseThrow();
    List<Symmetry> all = symmetries.all(question.clone());
    return all.isEmpty()
        ? symmetries.draw(
            question.clone(), new SplittableRandom(GaussianNoise.key(key(), 0, SYMMETRY)))
        : all.get(attempt % all.size());
  }

  @Override
  public void begin(int slot) {
    begin(slot, key());
  }

  private void begin(int slot, long states) {
    InferenceSession session = setting.session();
    int[] shown = symmetry == null ? question : symmetry.apply(question);
    session.start(slot, shown, group.puzzle.puzzleIdentifier(), states);
    if (task != null) {
      task.show(session, slot);
    }
    changes.begin(session, slot);
  }

  @Override
  public void stepped(int slot, int done) {
    InferenceSession session = setting.session();
    steps = done;
    int[] previous = prediction;
    if (task != null) {
      transition(task.stepped(session, slot, done));
      TaskRules rules = setting.rules();
      if (rules != null && rules.haltsByHead()) {
        haltLogit = Logit.finite(HALTING_HEAD, rules.haltLogit(session, slot), done);
        continueLogit = rules.continueLogit(session, slot);
      }
    } else {
      int[] predicted = new int[question.length];
      session.predictions(slot, predicted);
      prediction = back == null ? predicted : back.apply(predicted);
      haltLogit = Logit.finite(HALTING_HEAD, session.haltLogit(slot), done);
      continueLogit = session.continueLogit(slot);
    }
    changes.read(session, slot);
    if (Arrays.equals(previous, prediction)) {
      prediction = previous;
      unchanged++;
    } else {
      unchanged = 0;
      verification = null;
    }
    predictions.add(prediction);
    if (steps > haltLogits.length) {
      haltLogits = Arrays.copyOf(haltLogits, 2 * haltLogits.length);
    }
    haltLogits[steps - 1] = haltLogit;
    SolveOptions options = setting.options();
    Draft.Listener listener = options.listener();
    PuzzleDomain domain = setting.domain();
    if (options.keepDrafts() || listener != null) {
      Draft.Builder drafted =
          Draft.builder()
              .attempt(attempt)
              .step(steps)
              .tokens(prediction)
              .text(GridText.compact(domain, prediction))
              .grid(GridText.rows(domain, prediction))
              .verification(verification())
              .haltLogit(haltLogit)
              .cellConfidence(confidence(session, slot));
      changes.stateChange().ifPresent(drafted::stateChange);
      Draft draft = drafted.build();
      if (options.keepDrafts()) {
        drafts.add(draft);
      }
      if (listener != null) {
        listener.drafted(group.number, draft);
      }
    }
    // Last: everything above reads the step that was done under the old symmetry.
    if (task != null && ended == null && task.turnsAfter(steps)) {
      task.turn(steps);
      symmetry = task.symmetry();
      back = symmetry == null ? null : symmetry.inverse();
      begin(slot, task.statesKey());
    }
  }

  private float[] confidence(InferenceSession session, int slot) {
    DraftDetails details = setting.details();
    if (details == null) {
      return new float[0];
    }
    if (symmetry == null || back == null) {
      return details.cells(session, slot, prediction);
    }
    float[] cells = details.cells(session, slot, symmetry.apply(prediction));
    return cells.length == 0 ? cells : back.applyToRows(cells, 1);
  }

  private void transition(Transition.Outcome outcome) {
    prediction = outcome.draft().clone();
    switch (outcome) {
      case Transition.Outcome.Done done -> {
        ended = Answer.Ending.DONE;
        haltLogit = SURE;
      }
      case Transition.Outcome.Restart restart -> {
        ended = Answer.Ending.GIVEN_UP;
        haltLogit = -SURE;
      }
      case Transition.Outcome.Continue next -> haltLogit = 0;
    }
  }

  @Override
  public boolean ends(int slot, int done) {
    if (ended == null && setting.options().halting().halt(this)) {
      ended = Answer.Ending.HALTED;
    }
    return ended != null;
  }

  /** Returns why the attempt is over, once it is. */
  Answer.Ending ending() {
    // After the last allowed step nobody has asked the policy yet.
    return ends(0, steps) && ended != null ? ended : Answer.Ending.STEP_LIMIT;
  }

  Answer answer(Answer.Ending why) {
    PuzzleDomain domain = setting.domain();
    return Answer.builder()
        .question(question)
        .tokens(prediction)
        .text(GridText.compact(domain, prediction))
        .grid(GridText.rows(domain, prediction))
        .verification(verification())
        .haltLogit(haltLogit)
        .steps(steps)
        .drafts(drafts)
        .attempt(attempt)
        .totalSteps(steps)
        .ending(why)
        .build();
  }

  @Override
  public int[] question() {
    return question.clone();
  }

  @Override
  public int[] draft() {
    return prediction.clone();
  }

  @Override
  public int[] draft(int step) {
    return predictions.get(checked(step) - 1).clone();
  }

  @Override
  public float haltLogit(int step) {
    return haltLogits[checked(step) - 1];
  }

  private int checked(int step) {
    if (step < 1 || step > steps) {
      throw new IllegalArgumentException(
          "step %s of a puzzle that has taken %s, expected 1 to %s".formatted(step, steps, steps));
    }
    return step;
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
  public double change(Progress.Change change) {
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
