package org.trm4j.recursion;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which modules the loss reaches: walks a program from its end to its start with the states on
 * which the loss still depends and through which a gradient flows.
 */
final class LossReach {
  private final Set<String> modules = new HashSet<>();
  private final Set<String> live = new HashSet<>();

  private final Set<String> read;

  private LossReach(Set<String> read) {
    this.read = read;
  }

  /** See {@link RecursionProgram#trainedModules}. */
  static Set<String> modules(RecursionProgram program, Set<String> read) {
    LossReach reach = new LossReach(read);
    if (program.supervisions() == 0) {
      reach.live.addAll(read);
    }
    reach.back(program.body(), false);
    return reach.modules;
  }

  private void back(List<Statement> body, boolean gradient) {
    for (Statement statement : body.reversed()) {
      switch (statement) {
        case Statement.Update update -> back(update, gradient);
        case Statement.Supervise supervise -> live.addAll(read);
        case Statement.Detach(List<String> states) -> states.forEach(live::remove);
        case Statement.Repeat repeat -> repeat(repeat, gradient);
        case Statement.WithGradient region -> back(region.body(), true);
        case Statement.WithoutGradient region -> back(region.body(), false);
      }
    }
  }

  /** Rounds beyond those that change anything change nothing. */
  private void repeat(Statement.Repeat repeat, boolean gradient) {
    Set<Set<String>> seen = new HashSet<>();
    for (int round = 0; round < repeat.times() && seen.add(Set.copyOf(live)); round++) {
      back(repeat.body(), gradient);
    }
  }

  private void back(Statement.Update update, boolean gradient) {
    if (!live.contains(update.state())) {
      return;
    }
    // A damped update keeps a part of the old value; without gradient nothing flows through it.
    if (!gradient || update.mix().lambda() == 1) {
      live.remove(update.state());
    }
    if (gradient) {
      modules.add(update.module());
      live.addAll(update.hidden());
      live.addAll(update.injection());
    }
  }
}
