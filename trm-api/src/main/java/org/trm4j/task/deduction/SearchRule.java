package org.trm4j.task.deduction;

import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.task.TaskProgram;

/**
 * How {@link SearchTransition} searches.
 *
 * @param frontier states that wait for their next decision, at most; beyond, the most contradictory
 *     one is given up; 0 for no search: one state, and decisions that are drawn
 * @param branchBelow decisions of a smaller probability are unsure: they become as many states as
 *     it takes likeliest values to be so probable together, at most {@link Frontier#VALUES}; a
 *     contradiction of at least this probability is sure
 * @param steps supervision steps of an attempt, at most, where the caller does not say
 */
record SearchRule(int frontier, double branchBelow, int steps) {
  /** More would take gigabytes for the puzzles of a batch. */
  private static final int MOST = 1_000;

  static final SearchRule NONE = new SearchRule(0, 0.97, TaskProgram.STEPS_TO_AN_END);

  SearchRule {
    if (frontier < 0 || frontier > MOST) {
      throw new IllegalArgumentException(
          "deduction: frontier is %s, expected a number of states from 0 to %s"
              .formatted(frontier, MOST));
    }
    DeductionRule.between("branchBelow", branchBelow);
    if (steps < 1) {
      throw new IllegalArgumentException(
          "deduction: usualSteps is %s, expected a number of steps, 1 or more".formatted(steps));
    }
  }

  /** Returns whether a logit says that the answer is surely lost. */
  boolean sure(float conflict) {
    return DeductionRule.sigmoid(conflict) >= branchBelow;
  }

  /** Returns policy arguments with those of this rule beside them. */
  PolicyArguments beside(PolicyArguments arguments) {
    return arguments
        .and("frontier", frontier)
        .and("branchBelow", branchBelow)
        .and(TaskProgram.USUAL_STEPS, steps);
  }

  /**
   * Returns the rule that arguments like those of {@link #beside} ask for.
   *
   * @param single the rule for one state, whose symmetrySteps are the looks at each state
   */
  static SearchRule of(PolicyArguments arguments, DeductionRule single) {
    SearchRule rule =
        new SearchRule(
            arguments.get("frontier"),
            arguments.number("branchBelow"),
            arguments.get(TaskProgram.USUAL_STEPS));
    if (rule.frontier > 0 && single.symmetrySteps() == 0) {
      throw new IllegalArgumentException(
          "deduction: frontier is %s and symmetrySteps 0, expected symmetrySteps of 1 or more: the network looks at each state of a search for so many steps"
              .formatted(rule.frontier));
    }
    return rule;
  }
}
