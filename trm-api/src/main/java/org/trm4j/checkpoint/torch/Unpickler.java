package org.trm4j.checkpoint.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of Python's pickle format that {@code torch.save} uses. It makes maps, lists,
 * strings, numbers and {@link TorchValue}s and nothing else: a class or function outside {@link
 * TorchNames} is never looked up and never called; what the pickle makes of it is opaque.
 */
final class Unpickler {
  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private final ReadingBudget budget;
  private final TorchCalls calls;
  private int unnamedKeys;

  Unpickler(PickleInput in, ReadingBudget budget) {
    this.in = in;
    this.budget = budget;
    this.calls = new TorchCalls(budget);
  }

  /** Returns the root; throws {@link IllegalArgumentException}. */
  Object read() {
    while (true) {
      int code = in.unsignedByte();
      if (code == '.') {
        return pop();
      }
      if (!constant(code) && !container(code) && !reference(code)) {
        throw new IllegalArgumentException(
            "pickle: operation 0x%02x at byte %s is not one that checkpoints use"
                .formatted(code, in.position() - 1));
      }
    }
  }

  private boolean constant(int code) {
    switch (code) {
      case 0x80 -> in.skip(1); // PROTO
      case 0x95 -> in.skip(8); // FRAME
      case 'N' -> push(TorchValue.None.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) in.integer());
      case 'K' -> push((long) in.unsignedByte());
      case 'M' -> push((long) in.unsignedShort());
      case 0x8a -> push(number(in.unsignedByte()));
      case 0x8b -> push(number(Integer.toUnsignedLong(in.integer())));
      case 'G' -> push(in.bigEndianDouble());
      case 'X' -> push(in.text(Integer.toUnsignedLong(in.integer())));
      case 0x8c -> push(in.text(in.unsignedByte()));
      case 0x8d -> push(in.text(in.longInteger()));
      case 'C', 'U' -> push(bytes(in.unsignedByte()));
      case 'B', 'T' -> push(bytes(Integer.toUnsignedLong(in.integer())));
      case 0x8e, 0x96 -> push(bytes(in.longInteger()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int code) {
    switch (code) {
      case '(' -> push(TorchValue.Mark.MARK);
      case ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(new TorchValue.Tuple(List.of()));
      case 't' -> push(new TorchValue.Tuple(popToMark()));
      case 0x85 -> push(new TorchValue.Tuple(popLast(1)));
      case 0x86 -> push(new TorchValue.Tuple(popLast(2)));
      case 0x87 -> push(new TorchValue.Tuple(popLast(3)));
      case 'a' -> {
        Object item = pop();
        if (!(top() instanceof TorchValue.Opaque)) {
          list(top()).add(item);
        }
      }
      case 'e' -> {
        List<Object> items = popToMark();
        if (!(top() instanceof TorchValue.Opaque)) {
          list(top()).addAll(items);
        }
      }
      case 's' -> {
        List<Object> pair = popLast(2);
        put(top(), pair);
      }
      case 'u' -> {
        List<Object> items = popToMark();
        put(top(), items);
      }
      case 0x8f -> push(new ArrayList<>());
      case 0x90 -> {
        List<Object> items = popToMark();
        list(top()).addAll(items);
      }
      case 0x91 -> push(popToMark());
      case '0' -> pop();
      case '1' -> popToMark();
      case '2' -> push(top());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A number that no checkpoint needs, such as a random seed of 128 bits, stays opaque. */
  private Object number(long bytes) {
    if (bytes <= 8) {
      return in.twosComplement((int) bytes);
    }
    in.skip(bytes);
    return new TorchValue.Opaque("int", false);
  }

  private TorchValue bytes(long length) {
    in.skip(length);
    return new TorchValue.Opaque("bytes", false);
  }

  private boolean reference(int code) {
    switch (code) {
      case 'q' -> memo.put(in.unsignedByte(), top());
      case 'r' -> memo.put(in.integer(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> recall(in.unsignedByte());
      case 'j' -> recall(in.integer());
      case 'c' -> {
        String module = in.line();
        push(TorchNames.find(module, in.line()));
      }
      case 0x93 -> {
        List<Object> names = popLast(2);
        push(TorchNames.find(TorchCalls.text(names.get(0)), TorchCalls.text(names.get(1))));
      }
      case 'Q' -> push(TorchCalls.storage(pop()));
      case 'R' -> {
        List<Object> call = popLast(2);
        push(calls.call(call.get(0), call.get(1)));
      }
      case 0x81 -> {
        List<Object> made = popLast(2);
        push(calls.call(made.get(0), made.get(1)));
      }
      case 0x92 -> {
        List<Object> made = popLast(3);
        push(calls.call(made.get(0), made.get(1)));
      }
      case 'b' -> {
        // Attributes: of an ordered dictionary, such as module versions, or of what is opaque.
        pop();
        if (!(top() instanceof TorchValue.Opaque)) {
          map(top());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void recall(int key) {
    Object value = memo.get(key);
    if (value == null) {
      throw new IllegalArgumentException("pickle: nothing remembered as " + key);
    }
    push(value);
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() {
    if (stack.isEmpty()) {
      throw new IllegalArgumentException("pickle: stack is empty at byte " + in.position());
    }
    return stack.getLast();
  }

  private Object pop() {
    Object value = top();
    stack.removeLast();
    return value;
  }

  private List<Object> popLast(int count) {
    if (stack.size() < count) {
      throw new IllegalArgumentException("pickle: stack is too short at byte " + in.position());
    }
    List<Object> tail = stack.subList(stack.size() - count, stack.size());
    List<Object> items = new ArrayList<>(tail);
    tail.clear();
    return items;
  }

  private List<Object> popToMark() {
    int mark = stack.lastIndexOf(TorchValue.Mark.MARK);
    if (mark < 0) {
      throw new IllegalArgumentException("pickle: no mark at byte " + in.position());
    }
    List<Object> items = popLast(stack.size() - mark - 1);
    pop();
    return items;
  }

  private void put(Object target, List<Object> items) {
    if (items.size() % 2 != 0) {
      throw new IllegalArgumentException("pickle: key without a value");
    }
    if (target instanceof TorchValue.Opaque) {
      return;
    }
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      boolean named = key instanceof String || key instanceof Long;
      map(target).put(named ? key(key) : "?" + unnamedKeys++, items.get(i + 1));
    }
  }

  /** Returns a key as text; throws {@link IllegalArgumentException} for one that has none. */
  static String key(Object key) {
    if (key instanceof String || key instanceof Long) {
      return key.toString();
    }
    throw new IllegalArgumentException("pickle: key that is neither text nor a number");
  }

  @SuppressWarnings("unchecked") // the unpickler makes no other lists
  private static List<Object> list(Object value) {
    if (value instanceof ArrayList<?> list) {
      return (List<Object>) list;
    }
    throw new IllegalArgumentException("pickle: item added to something that is no list");
  }

  @SuppressWarnings("unchecked") // the unpickler makes no other maps
  private static Map<String, Object> map(Object value) {
    if (value instanceof LinkedHashMap<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("pickle: key set on something that is no dictionary");
  }
}
