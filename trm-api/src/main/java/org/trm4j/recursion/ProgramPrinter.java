package org.trm4j.recursion;

import java.util.List;
import java.util.stream.Collectors;

/** Prints a program as indented lines. */
final class ProgramPrinter {
  private ProgramPrinter() {}

  static String print(RecursionProgram program) {
    StringBuilder out = new StringBuilder(program.name()).append('\n');
    for (LatentState state : program.states()) {
      out.append("  state ").append(state.name()).append(" starts as ").append(state.start());
      out.append(state.constant() ? " (constant)\n" : state.kept() ? "\n" : " at every step\n");
    }
    for (RecursionProgram.NetworkModule module : program.modules()) {
      out.append("  module ")
          .append(module.name())
          .append(": ")
          .append(module.layers())
          .append(" layers\n");
    }
    statements(program.body(), "  ", out);
    out.append("  answer ").append(program.answer()).append("; halt when ");
    out.append(
        program.haltRule() == RecursionProgram.HaltRule.HALT_POSITIVE
            ? "q_halt > 0"
            : "q_halt > q_continue");
    if (program.continueTarget()) {
      out.append("; q_continue learns from the next step");
    }
    return out.toString();
  }

  private static void statements(List<Statement> body, String indent, StringBuilder out) {
    for (Statement statement : body) {
      switch (statement) {
        case Statement.Update update -> out.append(indent).append(line(update)).append('\n');
        case Statement.Repeat repeat -> block(repeat.times() + " x", repeat.body(), indent, out);
        case Statement.WithoutGradient region ->
            block("without gradient", region.body(), indent, out);
        case Statement.Supervise supervise -> out.append(indent).append("supervise\n");
        case Statement.Detach detach ->
            out.append(indent).append("detach ").append(sum(detach.states())).append('\n');
        case Statement.WithGradient region -> block("with gradient", region.body(), indent, out);
      }
    }
  }

  private static void block(String head, List<Statement> body, String indent, StringBuilder out) {
    out.append(indent).append(head).append(" {\n");
    statements(body, indent + "  ", out);
    out.append(indent).append("}\n");
  }

  static String line(Statement.Update update) {
    String injection = update.injection().isEmpty() ? "0" : sum(update.injection());
    String value = "%s(%s, %s)".formatted(update.module(), sum(update.hidden()), injection);
    Statement.Mix mix = update.mix();
    if (mix.lambda() != 1) {
      value =
          "%s %s + %s %s"
              .formatted(number(1 - mix.lambda()), update.state(), number(mix.lambda()), value);
    }
    String noise = mix.sigma() == 0 ? "" : " + %s normal".formatted(number(mix.sigma()));
    return update.state() + " <- " + value + noise;
  }

  /** Without the digits that a subtraction in binary leaves behind. */
  private static String number(double value) {
    return Float.toString((float) value);
  }

  private static String sum(List<String> names) {
    return names.stream().collect(Collectors.joining(" + "));
  }
}
