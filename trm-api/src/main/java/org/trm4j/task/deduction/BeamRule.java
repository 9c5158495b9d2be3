package org.trm4j.task.deduction;

import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.task.TaskProgram;

/**
 * How {@link BeamTransition} searches.
 *
 * @param width states kept of those that unsure decisions lead to, at most; 0 for no search: one
 *     state, and decisions that are drawn
 * @param branchBelow decisions of a smaller probability are unsure
 * @param steps supervision steps of an attempt, at most, where the caller does not say
 */
record BeamRule(int width, double branchBelow, int steps) {
  /** More would take gigabytes for the puzzles of a batch. */
  private static final int MOST = 1_000;

  static final BeamRule NONE = new BeamRule(0, 0.97, TaskProgram.STEPS_TO_AN_END);

  BeamRule {
    if (width < 0 || width > MOST) {
      throw new IllegalArgumentException(
          "deduction: beamWidth is %s, expected a number of states from 0 to %s"
              .formatted(width, MOST));
    }
    DeductionRule.between("branchBelow", branchBelow);
    if (steps < 1) {
      throw new IllegalArgumentException(
          "deduction: usualSteps is %s, expected a number of steps, 1 or more".formatted(steps));
    }
  }

  /** Returns policy arguments with those of this rule beside them. */
  PolicyArguments beside(PolicyArguments arguments) {
    return arguments
        .and("beamWidth", width)
        .and("branchBelow", branchBelow)
        .and(TaskProgram.USUAL_STEPS, steps);
  }

  /**
   * Returns the rule that arguments like those of {@link #beside} ask for.
   *
   * @param single the rule for one state, whose symmetrySteps are the looks at each state
   */
  static BeamRule of(PolicyArguments arguments, DeductionRule single) {
    BeamRule rule =
        new BeamRule(
            arguments.get("beamWidth"),
            arguments.number("branchBelow"),
            arguments.get(TaskProgram.USUAL_STEPS));
    if (rule.width > 0 && single.symmetrySteps() == 0) {
      throw new IllegalArgumentException(
          "deduction: beamWidth is %s and symmetrySteps 0, expected symmetrySteps of 1 or more: the network looks at each state of a beam for so many steps"
              .formatted(rule.width));
    }
    return rule;
  }
}
