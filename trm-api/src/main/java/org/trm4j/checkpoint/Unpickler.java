package org.trm4j.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of Python's pickle format that checkpoints of tensors use. It makes maps, lists,
 * strings, numbers and {@link TorchValue}s and nothing else: a pickle cannot name a class of ours,
 * and one that names a Python function outside {@link TorchNames} is refused.
 */
final class Unpickler {
  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  Unpickler(PickleInput in) {
    this.in = in;
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
            "pickle: operation 0x%02x at byte %d is not one that checkpoints use"
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
      case 0x8a -> push(in.twosComplement(in.unsignedByte()));
      case 'G' -> push(in.bigEndianDouble());
      case 'X' -> push(in.text(Integer.toUnsignedLong(in.integer())));
      case 0x8c -> push(in.text(in.unsignedByte()));
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
        list(top()).add(item);
      }
      case 'e' -> {
        List<Object> items = popToMark();
        list(top()).addAll(items);
      }
      case 's' -> {
        List<Object> pair = popLast(2);
        put(top(), pair);
      }
      case 'u' -> {
        List<Object> items = popToMark();
        put(top(), items);
      }
      case '0' -> pop();
      default -> {
        return false;
      }
    }
    return true;
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
        push(TorchCalls.call(call.get(0), call.get(1)));
      }
      case 'b' -> {
        // The attributes of an ordered dictionary, such as module versions: not needed.
        pop();
        map(top());
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

  private static void put(Object target, List<Object> items) {
    if (items.size() % 2 != 0) {
      throw new IllegalArgumentException("pickle: key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      if (!(key instanceof String) && !(key instanceof Long)) {
        throw new IllegalArgumentException("pickle: key that is neither text nor a number");
      }
      map(target).put(key.toString(), items.get(i + 1));
    }
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
