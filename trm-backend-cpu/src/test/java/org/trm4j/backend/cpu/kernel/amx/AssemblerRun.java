package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the assembler source line by line, with its own registers and flags, on real addresses and
 * on {@link TileUnit}. It knows the instructions of that source and fails on any other.
 */
final class AssemblerRun {
  private static final Pattern ADDRESS =
      Pattern.compile("\\[(\\w+)(?:\\+(r\\w+)\\*1)?(?:\\+(\\d+))?\\]");
  private static final int TILE_ROW = 64;

  private final List<String> lines = new ArrayList<>();
  private final Map<String, Long> registers = new HashMap<>();
  private final Deque<Long> stack = new ArrayDeque<>();
  private final MemorySegment memory;
  private final TileUnit tiles = new TileUnit();
  private boolean zero;
  private boolean released;

  /** Takes the source; {@code memory} is the whole address space, from 0. */
  AssemblerRun(String source, MemorySegment memory) {
    this.memory = memory;
    for (String line : source.lines().toList()) {
      String code = line.replaceAll("#.*", "").strip();
      if (!code.isEmpty() && !code.startsWith(".")) {
        lines.add(code);
      }
    }
  }

  /** Calls the code; throws if it does not preserve the caller's registers. */
  void call(long argument) {
    List<String> kept = List.of("rbx", "rbp", "r12", "r13", "r14", "r15");
    for (int i = 0; i < kept.size(); i++) {
      registers.put(kept.get(i), 1000L + i);
    }
    registers.put("rdi", argument);
    released = false;
    int at = 0;
    while (!lines.get(at).equals("ret")) {
      at = step(at);
    }
    for (int i = 0; i < kept.size(); i++) {
      if (registers.get(kept.get(i)) != 1000L + i || !stack.isEmpty() || !released) {
        throw new AssertionError("not as the caller left it: " + kept.get(i) + ", tiles, stack");
      }
    }
  }

  private int step(int at) {
    String line = lines.get(at);
    if (line.endsWith(":")) {
      return at + 1;
    }
    String[] parts = line.replace("qword ptr ", "").split("[ ,]+");
    switch (parts[0]) {
      case "push" -> stack.push(value(parts[1]));
      case "pop" -> registers.put(parts[1], stack.pop());
      case "mov" -> registers.put(parts[1], value(parts[2]));
      case "add" -> registers.put(parts[1], value(parts[1]) + value(parts[2]));
      case "dec" -> {
        registers.put(parts[1], value(parts[1]) - 1);
        zero = value(parts[1]) == 0;
      }
      case "test" -> zero = (value(parts[1]) & value(parts[2])) == 0;
      case "cmp" -> zero = value(parts[1]) == value(parts[2]);
      case "jz", "je" -> {
        return zero ? target(at, parts[1]) : at + 1;
      }
      case "jnz" -> {
        return zero ? at + 1 : target(at, parts[1]);
      }
      case "ldtilecfg" -> tiles.configure(memory.asSlice(address(parts[1]), TILE_ROW));
      case "tilezero" -> tiles.zero(tile(parts[1]));
      case "tileloadd" -> tiles.load(tile(parts[1]), memory, address(parts[2]), stride(parts[2]));
      case "tilestored" -> tiles.store(tile(parts[2]), memory, address(parts[1]), stride(parts[1]));
      case "tdpbf16ps" -> tiles.multiply(tile(parts[1]), tile(parts[2]), tile(parts[3]));
      case "tilerelease" -> released = true;
      default -> throw new AssertionError("unknown instruction: " + line);
    }
    return at + 1;
  }

  /**
   * Labels are numbers; {@code 1b} is the nearest label 1 backwards, {@code 1f} the nearest
   * forwards.
   */
  private int target(int at, String label) {
    int direction = label.endsWith("b") ? -1 : 1;
    String wanted = label.substring(0, label.length() - 1) + ":";
    int line = at;
    while (!lines.get(line).equals(wanted)) {
      line += direction;
    }
    return line;
  }

  private long value(String operand) {
    if (operand.startsWith("[")) {
      return memory.get(ValueLayout.JAVA_LONG, address(operand));
    }
    Long register = registers.get(operand);
    return register != null ? register : Long.parseLong(operand);
  }

  /** The address of a tile's first row, without the index register, which holds the stride. */
  private long address(String operand) {
    Matcher matcher = match(operand);
    long offset = matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3));
    return value(matcher.group(1)) + offset;
  }

  private long stride(String operand) {
    return value(match(operand).group(2));
  }

  private static Matcher match(String operand) {
    Matcher matcher = ADDRESS.matcher(operand);
    if (!matcher.matches()) {
      throw new AssertionError("unknown operand: " + operand);
    }
    return matcher;
  }

  private static int tile(String name) {
    return Integer.parseInt(name.substring("tmm".length()));
  }
}
