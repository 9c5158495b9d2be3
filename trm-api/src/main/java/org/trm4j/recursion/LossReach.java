package org.trm4j.recursion;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which modules the loss reaches: walks a program from its end to its start with the states on
 * which the answer still depends and through which a gradient flows.
 */
final class LossReach {
  private final Set<String> modules = new HashSet<>();
  private final Set<String> live = new HashSet<>();

  private LossReach() {}

  /** Returns the names of the modules whose parameters get a gradient from the answer's loss. */
  static Set<String> modules(List<Statement> body, String answer) {
    LossReach reach = new LossReach();
    reach.live.add(answer);
    reach.back(body, false);
    return reach.modules;
  }

  private void back(List<Statement> body, boolean gradient) {
    for (Statement statement : body.reversed()) {
      switch (statement) {
        case Statement.Update update -> back(update, gradient);
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
