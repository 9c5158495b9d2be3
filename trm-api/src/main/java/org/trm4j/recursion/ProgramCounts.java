package org.trm4j.recursion;

import java.util.List;
import java.util.function.ToIntFunction;

/** Counts what a program's statements do; what does not fit is an ArithmeticException. */
final class ProgramCounts {
  private ProgramCounts() {}

  static int evaluations(List<Statement> body) {
    return sum(body, update -> 1);
  }

  static int depth(List<Statement> body, List<RecursionProgram.NetworkModule> modules) {
    return sum(
        body,
        update ->
            modules.stream()
                .filter(module -> module.name().equals(update.module()))
                .mapToInt(RecursionProgram.NetworkModule::layers)
                .sum());
  }

  static boolean noisy(List<Statement> body) {
    for (Statement statement : body) {
      boolean found =
          switch (statement) {
            case Statement.Supervise supervise -> false;
            case Statement.Detach detach -> false;
            case Statement.Update update -> update.mix().sigma() > 0;
            case Statement.Repeat repeat -> noisy(repeat.body());
            case Statement.WithoutGradient region -> noisy(region.body());
            case Statement.WithGradient region -> noisy(region.body());
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  static int supervisions(List<Statement> body) {
    int total = 0;
    for (Statement statement : body) {
      total =
          Math.addExact(
              total,
              switch (statement) {
                case Statement.Supervise supervise -> 1;
                case Statement.Repeat repeat ->
                    Math.multiplyExact(repeat.times(), supervisions(repeat.body()));
                case Statement.WithGradient region -> supervisions(region.body());
                default -> 0;
              });
    }
    return total;
  }

  private static int sum(List<Statement> body, ToIntFunction<Statement.Update> weight) {
    int total = 0;
    for (Statement statement : body) {
      total =
          Math.addExact(
              total,
              switch (statement) {
                case Statement.Supervise supervise -> 0;
                case Statement.Detach detach -> 0;
                case Statement.Update update -> weight.applyAsInt(update);
                case Statement.Repeat repeat ->
                    Math.multiplyExact(repeat.times(), sum(repeat.body(), weight));
                case Statement.WithoutGradient region -> sum(region.body(), weight);
                case Statement.WithGradient region -> sum(region.body(), weight);
              });
    }
    return total;
  }
}
