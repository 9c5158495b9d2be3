package org.trm4j.exchange.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pickle of a dictionary of tensors, byte for byte as {@code torch.save} writes it: protocol 2,
 * with the same memo entries as Python's pickler, in the same order.
 */
final class TensorPickle {
  /** The number of items that Python's pickler sets at a time. */
  private static final int BATCH = 1000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<String, Integer> shared = new HashMap<>();
  private int remembered;
  private int storages;

  /**
   * One entry.
   *
   * @param name its key
   * @param type of its elements
   * @param shape of the tensor, which fills its storage
   */
  record Entry(String name, TorchType type, List<Long> shape) {}

  private TensorPickle() {}

  /** Returns the pickle; the storage of entry i has key i. */
  static byte[] of(List<Entry> entries) {
    TensorPickle pickle = new TensorPickle();
    pickle.code(0x80, 2, '}');
    pickle.remember();
    for (int from = 0; from < entries.size(); from += BATCH) {
      List<Entry> batch = entries.subList(from, Math.min(from + BATCH, entries.size()));
      boolean one = entries.size() == 1;
      pickle.code(one ? new int[0] : new int[] {'('});
      batch.forEach(pickle::entry);
      pickle.code(one ? 's' : 'u');
    }
    pickle.code('.');
    return pickle.out.toByteArray();
  }

  private void entry(Entry entry) {
    text(entry.name());
    global("torch._utils", "_rebuild_tensor_v2");
    code('(', '(');
    sharedText("storage");
    global("torch", entry.type().storage);
    text(Integer.toString(storages++));
    sharedText("cpu");
    long elements = 1;
    long[] strides = new long[entry.shape().size()];
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = elements;
      elements *= entry.shape().get(axis);
    }
    number(elements);
    code('t');
    remember();
    code('Q');
    number(0);
    tuple(entry.shape().stream().mapToLong(Long::longValue).toArray());
    tuple(strides);
    code(0x89);
    global("collections", "OrderedDict");
    code(')', 'R');
    remember();
    code('t');
    remember();
    code('R');
    remember();
  }

  private void tuple(long[] values) {
    if (values.length == 0) {
      code(')');
      return;
    }
    if (values.length > 3) {
      code('(');
    }
    for (long value : values) {
      number(value);
    }
    code(values.length > 3 ? 't' : 0x84 + values.length);
    remember();
  }

  private void global(String module, String name) {
    if (recalled(module + "." + name)) {
      return;
    }
    code('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    remember();
  }

  private void sharedText(String text) {
    if (!recalled("'" + text)) {
      text(text);
    }
  }

  /** Refers to a value that was written before; a new value must be written, and memoized, next. */
  private boolean recalled(String key) {
    Integer number = shared.putIfAbsent(key, remembered);
    if (number == null) {
      return false;
    }
    memo('h', 'j', number);
    return true;
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    code('X');
    integer(utf8.length);
    out.writeBytes(utf8);
    remember();
  }

  private void number(long value) {
    if (value >= 0 && value < 1 << 8) {
      code('K', (int) value);
    } else if (value >= 0 && value < 1 << 16) {
      code('M', (int) value & 0xFF, (int) value >> 8);
    } else if (value == (int) value) {
      code('J');
      integer((int) value);
    } else {
      int bytes = (64 - Long.numberOfLeadingZeros(value)) / 8 + 1;
      code(0x8a, bytes);
      for (int i = 0; i < bytes; i++) {
        code((int) (value >> 8 * i) & 0xFF);
      }
    }
  }

  private void remember() {
    memo('q', 'r', remembered++);
  }

  private void memo(int brief, int wide, int number) {
    if (number < 1 << 8) {
      code(brief, number);
    } else {
      code(wide);
      integer(number);
    }
  }

  private void integer(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void code(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }
}
