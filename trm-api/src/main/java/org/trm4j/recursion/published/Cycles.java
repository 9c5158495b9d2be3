package org.trm4j.recursion.published;

import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;
import static org.trm4j.recursion.RecursionProgram.Builder.withoutGradient;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;

/**
 * The two ways in which the published recursions share their cycles between gradient and no
 * gradient.
 */
final class Cycles {
  private Cycles() {}

  /** T - 1 cycles without gradient, then one with it. */
  static RecursionProgram.Builder lastWithGradient(
      RecursionProgram.Builder program, int cycles, Statement... cycle) {
    if (cycles > 1) {
      program.then(withoutGradient(repeat(cycles - 1, cycle)));
    }
    return program.then(withGradient(cycle));
  }

  /**
   * T cycles of n low updates and one high update, without gradient but for the very last update of
   * each.
   */
  static RecursionProgram.Builder lastUpdatesWithGradient(
      RecursionProgram.Builder program, int cycles, int lowUpdates, Statement low, Statement high) {
    List<Statement> before = new ArrayList<>();
    if (cycles > 1) {
      before.add(repeat(cycles - 1, repeat(lowUpdates, low), high));
    }
    if (lowUpdates > 1) {
      before.add(repeat(lowUpdates - 1, low));
    }
    if (!before.isEmpty()) {
      program.then(withoutGradient(before.toArray(Statement[]::new)));
    }
    return program.then(withGradient(low, high));
  }
}
