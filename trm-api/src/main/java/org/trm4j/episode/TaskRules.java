package org.trm4j.episode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TaskSession;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.model.ModelConfig;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.runtime.Transitions;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;

/**
 * A task with heads and terms of its own, ready to run in the slots of a session: makes the
 * episodes of slots, and in training the targets of a step.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class TaskRules {
  private final Objective.Terms objective;
  private final ModelConfig config;
  private final Transition transition;
  private final String name;
  private final Symmetry.@Nullable Family symmetries;

  private TaskRules(
      String name,
      Objective.Terms objective,
      ModelConfig config,
      Transition transition,
      Symmetry.@Nullable Family symmetries) {
    this.name = name;
    this.objective = objective;
    this.config = config;
    this.transition = transition;
    this.symmetries = symmetries;
  }

  /**
   * Returns the rules of a task; null for the published one, whose input never changes and whose
   * loss needs no targets but the labels.
   *
   * @param domain of the puzzles; null where the model has none
   */
  public static @Nullable TaskRules of(
      TaskProgram task, ModelConfig config, @Nullable PuzzleDomain domain) {
    return of(task, config, domain, PluginRegistry.standard());
  }

  /** Returns the rules of a task, as the other method does, by these plug-ins. */
  public static @Nullable TaskRules of(
      TaskProgram task, ModelConfig config, @Nullable PuzzleDomain domain, PluginRegistry plugins) {
    if (!(task.objective() instanceof Objective.Terms terms)) {
      return null;
    }
    String name = task.recursion().name();
    Transition transition =
        task.transition()
            .map(use -> Transitions.make(plugins, use, config, domain))
            .orElseGet(() -> new KeepInput(config));
    return new TaskRules(name, terms, config, transition, symmetries(name, transition, domain));
  }

  private static Symmetry.@Nullable Family symmetries(
      String name, Transition transition, @Nullable PuzzleDomain domain) {
    int steps = transition.symmetrySteps();
    if (steps == 0) {
      return null;
    }
    if (domain == null || domain.symmetries().isEmpty()) {
      throw new IllegalArgumentException(
          "task %s: symmetrySteps is %s, expected 0: %s"
              .formatted(
                  name,
                  steps,
                  domain == null
                      ? "the model has no puzzle domain"
                      : "the puzzles of %s have no symmetries".formatted(domain.id())));
    }
    return domain.symmetries().get();
  }

  /**
   * Begins an episode.
   *
   * @param key of all that is drawn for it
   * @param question [S]
   * @param labels [S]; null while solving
   */
  public TaskSlot begin(long key, int[] question, int @Nullable [] labels) {
    return new TaskSlot(this, key, 0, question, labels, 0, null, null);
  }

  /**
   * Begins an episode of solving whose network sees the puzzle under a symmetry. The transition
   * sees it as it is: sets are turned on their way to the network, and logits on their way back.
   *
   * @param attempt its number, 0 for the first
   * @param symmetry that the session was started under; null for none
   */
  public TaskSlot beginUnder(long key, int attempt, int[] question, @Nullable Symmetry symmetry) {
    return new TaskSlot(this, key, attempt, question, null, 0, null, symmetry);
  }

  /**
   * Takes an episode up where it was.
   *
   * @param steps supervision steps that it has had
   * @param memory what {@link TaskSlot#memory()} was
   */
  public TaskSlot resume(long key, int[] question, int[] labels, int steps, float[] memory) {
    return new TaskSlot(this, key, 0, question, labels, steps, memory, null);
  }

  /** Returns the symmetries that a puzzle is shown under by turns; null for one form of each. */
  Symmetry.@Nullable Family symmetries() {
    return symmetries;
  }

  Transition transition() {
    return transition;
  }

  Objective.Head head(String name) {
    return objective.head(name);
  }

  int size(String head) {
    return Math.multiplyExact(rows(objective.head(head)), objective.head(head).width());
  }

  private int rows(Objective.Head head) {
    return head.rows() == Objective.Head.Rows.CELLS ? config.seqLen() : 1;
  }

  /** Returns the kind of loss of a head's first term; null where no term reads the head. */
  public Objective.Term.@Nullable LossKind lossOf(String head) {
    for (Objective.Term term : objective.terms()) {
      if (term.head().equals(head)) {
        return term.kind();
      }
    }
    return null;
  }

  /** Returns whether the head {@link TaskProgram#HALT} stops an episode, and no transition. */
  public boolean haltsByHead() {
    return transition instanceof KeepInput && objective.has(TaskProgram.HALT);
  }

  /** Returns what that head says after a step. */
  public float haltLogit(TaskSession session, int slot) {
    return logit(TaskProgram.HALT, session, slot);
  }

  /**
   * Returns what the head {@link TaskProgram#CONTINUE} says after a step; 0 where there is none.
   */
  public float continueLogit(TaskSession session, int slot) {
    return objective.has(TaskProgram.CONTINUE) ? logit(TaskProgram.CONTINUE, session, slot) : 0;
  }

  private static float logit(String head, TaskSession session, int slot) {
    float[] logit = new float[1];
    session.read(head, slot, logit);
    return logit[0];
  }

  /** Returns the names of the heads. */
  public List<String> heads() {
    return objective.heads().stream().map(Objective.Head::name).toList();
  }

  /** Returns the sum of the terms' losses of a slot's last step, each times its factor. */
  public double loss(TrainingSession session, int slot) {
    double sum = 0;
    float[] loss = new float[1];
    for (Objective.Term term : objective.terms()) {
      session.read(term.lossOutput(), slot, loss);
      sum += loss[0];
    }
    return sum;
  }

  /** Returns how many rows of each term count in these slots: the denominators of batch means. */
  public Map<String, Long> counts(List<TaskSlot> slots) {
    Map<String, Long> counts = new java.util.LinkedHashMap<>();
    for (Objective.Term term : objective.terms()) {
      long count = 0;
      for (TaskSlot slot : slots) {
        count += count(target(term, slot).counts());
      }
      counts.put(term.name(), count);
    }
    return counts;
  }

  /**
   * Hands the targets and weights of the coming step to a session.
   *
   * @param slots one episode for each slot of the session
   * @param counts what {@link #counts} returns for the whole batch; where several sessions train on
   *     parts of a batch, the sums of theirs
   * @param batch sequences of the whole batch
   */
  public void feedTargets(
      TrainingSession session, List<TaskSlot> slots, Map<String, Long> counts, int batch) {
    for (int slot = 0; slot < slots.size(); slot++) {
      for (Objective.Term term : objective.terms()) {
        Transition.GivenTarget target = target(term, slots.get(slot));
        long own = count(target.counts());
        Long all = counts.get(term.name());
        double weight =
            switch (term.mean()) {
              case SEQUENCE -> term.factor() / own;
              case BATCH -> term.factor() * batch / (all == null ? 0 : all);
            };
        float[] weights = new float[target.counts().length];
        for (int row = 0; row < weights.length; row++) {
          weights[row] = target.counts()[row] ? (float) weight : 0;
        }
        if (term.isFed()) {
          session.feed(slot, term.targetInput(), target.values());
        }
        session.feed(slot, term.weightInput(), weights);
      }
    }
  }

  private static long count(boolean[] rows) {
    long count = 0;
    for (boolean row : rows) {
      count += row ? 1 : 0;
    }
    return count;
  }

  private Transition.GivenTarget target(Objective.Term term, TaskSlot slot) {
    return switch (term.target()) {
      case Objective.Term.Target.Given(String given) -> {
        boolean classes = term.kind() != Objective.Term.LossKind.BINARY;
        yield given(term, given, slot, objective.head(term.head()), classes);
      }
      case Objective.Term.Target.Exact(String compared, String given) -> {
        Transition.GivenTarget target = given(term, given, slot, objective.head(compared), true);
        float[] classes = target.values().clone();
        for (int row = 0; row < classes.length; row++) {
          classes[row] = target.counts()[row] ? classes[row] : -1;
        }
        yield Transition.GivenTarget.everyRow(classes, 1);
      }
      case Objective.Term.Target.NextStep further ->
          Transition.GivenTarget.everyRow(new float[0], 1);
    };
  }

  private Transition.GivenTarget given(
      Objective.Term term, String given, TaskSlot slot, Objective.Head head, boolean classes) {
    if (given.equals(Objective.Term.Target.LABELS.name())) {
      return slot.seen(slot.labels(), head, classes);
    }
    Transition.GivenTarget target = slot.presented().targets().get(given);
    if (target == null) {
      throw new IllegalStateException(
          "task %s: the transition gave targets %s, expected %s for term %s"
              .formatted(name, slot.presented().targets().keySet(), given, term.name()));
    }
    int rows = rows(head);
    int values = classes ? rows : size(head.name());
    if (target.values().length != values || target.counts().length != rows) {
      throw new IllegalStateException(
          "task %s: term %s: target of %s values and %s rows, expected %s and %s"
              .formatted(
                  name, term.name(), target.values().length, target.counts().length, values, rows));
    }
    return slot.seen(target, head, classes);
  }

  /** Returns a copy of the episodes' memories, in order. */
  public static List<float[]> memories(List<TaskSlot> slots) {
    List<float[]> memories = new ArrayList<>();
    slots.forEach(slot -> memories.add(slot.memory()));
    return memories;
  }
}
