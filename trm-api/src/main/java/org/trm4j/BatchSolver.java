package org.trm4j;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.episode.SlotScheduler;
import org.trm4j.episode.TaskRules;
import org.trm4j.halting.spi.Progress;
import org.trm4j.jfr.SupervisionStepRecord;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.task.Objective;
import org.trm4j.view.DraftDetails;

/**
 * Solves puzzles in the slots of a session: a slot whose attempt has stopped takes the next one, so
 * that stopping early saves work.
 */
final class BatchSolver {
  private final InferenceSession session;
  private final Plan plan;
  private final SolveOptions options;
  private final StopSignal stop;
  private final SlotProgress.Setting setting;
  private final SlotScheduler<SlotProgress> slots;
  private final Set<AttemptGroup> open = new LinkedHashSet<>();
  private int count;
  private int solved;

  /**
   * Takes a session.
   *
   * @param plan that it runs
   * @param rules of its task; null for the published one
   * @param usualSteps supervision steps at most where the options do not say
   */
  BatchSolver(
      InferenceSession session,
      Plan plan,
      @Nullable TaskRules rules,
      @Nullable PuzzleDomain domain,
      int usualSteps,
      SolveOptions options,
      StopSignal stop) {
    if (options.attempts().choice() == Attempts.Choice.VERIFIER
        && (domain == null || domain.verifier().isEmpty())) {
      throw new IllegalArgumentException(
          "attempts: choice VERIFIER needs a puzzle domain with a verifier, this model has none");
    }
    if (options.attempts().symmetries() && (domain == null || domain.symmetries().isEmpty())) {
      throw new IllegalArgumentException(
          domain == null
              ? "attempts: symmetries need a puzzle domain, this model has none"
              : "attempts: the puzzle domain '%s' has no symmetries".formatted(domain.id()));
    }
    List<String> names = plan.states().stream().map(StateBuffer::name).toList();
    if (!names.containsAll(options.attempts().noisyStates())) {
      throw new IllegalArgumentException(
          "attempts: noise on states %s, expected some of %s"
              .formatted(options.attempts().noisyStates(), names));
    }
    this.session = session;
    this.plan = plan;
    Set<Progress.Change> changes = EnumSet.noneOf(Progress.Change.class);
    changes.addAll(options.halting().reads());
    changes.addAll(options.attempts().choice().reads());
    if (options.details()) {
      changes.add(Progress.Change.STATE);
    }
    DraftDetails details =
        options.details()
            ? new DraftDetails(
                plan.logits().shape(),
                rules == null ? Objective.Term.LossKind.STABLE_MAX : rules.lossOf("logits"))
            : null;
    if (changes.contains(Progress.Change.LOGITS) && plan.logits().shape().size() == 0) {
      throw new IllegalArgumentException(
          "change LOGITS: needs a head named logits, this model has none; STATE works for every"
              + " model");
    }
    session.views(
        options.details() || changes.contains(Progress.Change.LOGITS)
            ? EnumSet.allOf(InferenceSession.View.class)
            : EnumSet.of(InferenceSession.View.ARG_MAX));
    this.options = options;
    this.stop = stop;
    this.setting =
        new SlotProgress.Setting(session, plan, rules, domain, options, changes, details);
    this.slots = new SlotScheduler<>(session.slots(), options.maxSteps().orElse(usualSteps));
  }

  /**
   * Solves all puzzles; each answer is handed over with the puzzle's number as soon as it is there.
   *
   * @return whether all were solved; false where the signal came and partial answers are wanted
   */
  boolean solve(Iterator<Puzzle> puzzles, ObjIntConsumer<Answer> answers) {
    while (true) {
      switch (slots.round(
          () -> next(puzzles),
          stop,
          last -> step(),
          (slot, progress) -> {
            session.stop(slot);
            finish(progress, progress.ending(), answers);
          })) {
        case STEPPED -> {}
        case EMPTY -> {
          return true;
        }
        case STOPPED -> {
          stopped(answers);
          return false;
        }
      }
    }
  }

  private boolean step() {
    perturb();
    SupervisionStepRecord event = new SupervisionStepRecord();
    boolean done = session.step(stop);
    event.ended(slots.slots(), done);
    return done;
  }

  /** Frees all slots, and hands over what is known of their puzzles or says that it stopped. */
  private void stopped(ObjIntConsumer<Answer> answers) {
    for (int slot = 0; slot < slots.slots(); slot++) {
      SlotProgress progress = slots.working(slot);
      if (progress != null) {
        free(slot);
        if (progress.steps() > 0) {
          take(progress, Answer.Ending.of(stop.reason()));
        }
      }
    }
    if (!options.partialAnswers()) {
      throw stop.exception(solved);
    }
    for (AttemptGroup group : open) {
      if (group.hasAnswer()) {
        answers.accept(group.stopped(Answer.Ending.of(stop.reason())), group.number);
      }
    }
  }

  private @Nullable SlotProgress next(Iterator<Puzzle> puzzles) {
    AttemptGroup group = nextGroup(puzzles);
    return group == null ? null : new SlotProgress(group, group.next(), setting);
  }

  /**
   * Returns the puzzle whose next attempt begins. Where the first answer that verifies ends the
   * attempts, they follow one another, and stand side by side only in slots that would be free:
   * most puzzles then need no second one.
   */
  private @Nullable AttemptGroup nextGroup(Iterator<Puzzle> puzzles) {
    for (AttemptGroup group : open) {
      if (group.hasNext() && !(options.attempts().firstFound() && group.running())) {
        return group;
      }
    }
    if (puzzles.hasNext()) {
      AttemptGroup group = new AttemptGroup(puzzles.next(), nextNumber(), options.attempts());
      open.add(group);
      return group;
    }
    return open.stream()
        .filter(AttemptGroup::hasNext)
        .min(Comparator.comparingInt(AttemptGroup::started))
        .orElse(null);
  }

  private int nextNumber() {
    int number = count;
    count = Math.incrementExact(count);
    return number;
  }

  private void perturb() {
    float sigma = (float) options.attempts().sigma();
    for (int slot = 0; slot < slots.slots(); slot++) {
      SlotProgress progress = slots.working(slot);
      if (progress != null
          && progress.attempt > 0
          && sigma > 0
          && options.attempts().isNoisy(progress.steps() + 1)) {
        long seed =
            options.attempts().noiseSeed(progress.group.puzzle, progress.attempt, progress.steps());
        if (options.attempts().noisyStates().isEmpty()) {
          session.perturb(slot, sigma, seed);
        } else {
          perturb(slot, sigma, seed);
        }
      }
    }
  }

  /** {@link InferenceSession#perturb} for some of the states. */
  private void perturb(int slot, float sigma, long seed) {
    for (int k = 0; k < plan.states().size(); k++) {
      StateBuffer state = plan.states().get(k);
      if (options.attempts().noisyStates().contains(state.name())) {
        float[] values = new float[state.shape().intSize()];
        session.state(state.name(), slot, values);
        long stream = GaussianNoise.stream(seed, 0, k);
        for (int i = 0; i < values.length; i++) {
          values[i] += sigma * GaussianNoise.value(stream, i);
        }
        session.restoreState(state.name(), slot, values);
      }
    }
  }

  private void finish(SlotProgress progress, Answer.Ending ending, ObjIntConsumer<Answer> answers) {
    AttemptGroup group = progress.group;
    if (group.complete()) {
      return;
    }
    take(progress, ending);
    if (group.found()) {
      for (int slot = 0; slot < slots.slots(); slot++) {
        SlotProgress other = slots.working(slot);
        if (other != null && other.group == group) {
          group.abandoned(other.steps());
          free(slot);
        }
      }
    }
    if (group.complete()) {
      open.remove(group);
      solved++;
      answers.accept(group.answer(), group.number);
    }
  }

  private void take(SlotProgress progress, Answer.Ending ending) {
    double change = 0;
    for (Progress.Change read : options.attempts().choice().reads()) {
      change = progress.change(read);
    }
    progress.group.finished(progress.answer(ending), change);
  }

  private void free(int slot) {
    session.stop(slot);
    slots.release(slot);
  }
}
