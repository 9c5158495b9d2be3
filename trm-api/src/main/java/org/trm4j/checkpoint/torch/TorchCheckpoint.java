package org.trm4j.checkpoint.torch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.FileContent;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/**
 * Reads what {@code torch.save} writes (PyTorch 1.6 and later: a zip of a pickle and of raw
 * storages), of any size. Nothing in the file is executed, and sizes are checked before anything is
 * allocated.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TorchCheckpoint {
  private static final int ZIP = 0x04034b50;
  private static final int MAX_DEPTH = 16;
  private static final int MAX_VALUES = 1_000_000;
  private static final long MAX_PICKLE = 64 << 20;

  private final ZipEntries entries;
  private final String prefix;
  private final ReadingBudget budget;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> unread = new LinkedHashMap<>();
  private final long maxElements;
  private long elements;
  private int values;

  private TorchCheckpoint(
      ZipEntries entries, String prefix, ReadingBudget budget, long maxElements) {
    this.entries = entries;
    this.prefix = prefix;
    this.budget = budget;
    this.maxElements = maxElements;
  }

  /**
   * Reads a file. Tensors of nested dictionaries get dotted names; single-precision ones are views
   * of its content; text, numbers and booleans become metadata. What lies in lists is left out, and
   * so are objects of classes that are not known here; a tensor that depends on one is named in
   * {@link Checkpoint#unread}. The CRC-32 of all that is read is verified. Throws {@link
   * CheckpointException}.
   */
  public static Checkpoint read(Path file) {
    return read(file, FileContent::read);
  }

  /** Reads a file as views of the mapped file, which must not change meanwhile. */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public static Checkpoint map(Path file) {
    return read(file, FileContent::map);
  }

  private static Checkpoint read(Path file, FileContent.Source source) {
    try {
      return parse(source.of(file));
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(file, e), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException(
          "%s: not a valid PyTorch checkpoint: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Returns whether bytes begin as those of a PyTorch checkpoint, an old one included. */
  public static boolean recognizes(MemorySegment start) {
    return start.byteSize() >= 4 && (start.get(TorchTensors.INT, 0) == ZIP || oldFormat(start));
  }

  /**
   * Parses a whole file in memory; throws {@link IllegalArgumentException} or {@link
   * ArithmeticException}.
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public static Checkpoint parse(MemorySegment file) {
    if (file.byteSize() >= 4 && oldFormat(file)) {
      throw new IllegalArgumentException(
          "saved in the format before PyTorch 1.6; load it there and save it again");
    }
    ZipEntries entries = ZipEntries.of(file);
    for (String name : entries.names()) {
      MemorySegment pickle = name.endsWith("data.pkl") ? entries.get(name) : null;
      if (pickle != null) {
        return of(entries, name, pickle, file.byteSize());
      }
    }
    throw new IllegalArgumentException("a zip without data.pkl, not one that torch.save wrote");
  }

  private static Checkpoint of(
      ZipEntries entries, String name, MemorySegment pickle, long fileSize) {
    if (pickle.byteSize() > MAX_PICKLE) {
      throw new IllegalArgumentException(
          "entry %s: %s bytes, expected at most %s: tensors lie beside it, not in it"
              .formatted(name, pickle.byteSize(), MAX_PICKLE));
    }
    ReadingBudget budget = new ReadingBudget(pickle.byteSize());
    TorchCheckpoint checkpoint =
        new TorchCheckpoint(
            entries, name.substring(0, name.length() - "data.pkl".length()), budget, fileSize);
    checkpoint.checkByteOrder();
    checkpoint.collect("", new Unpickler(new PickleInput(pickle), budget).read(), 0);
    return new Checkpoint(
        new ParameterSet(checkpoint.tensors),
        checkpoint.metadata,
        checkpoint.types,
        checkpoint.unread);
  }

  private static boolean oldFormat(MemorySegment start) {
    // A pickle of protocol 2 or later that begins with a number, the magic one.
    return (start.get(ValueLayout.JAVA_BYTE, 0) & 0xFF) == 0x80
        && start.get(ValueLayout.JAVA_BYTE, 1) < 6
        && (start.get(ValueLayout.JAVA_BYTE, 2) & 0xFF) == 0x8a
        && start.get(ValueLayout.JAVA_BYTE, 3) == 0x0a;
  }

  private void checkByteOrder() {
    MemorySegment order = entries.get(prefix + "byteorder");
    if (order == null || order.byteSize() > 16) {
      return;
    }
    String text = new String(order.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    if (!text.strip().equals("little")) {
      throw new IllegalArgumentException(
          "byte order %s, expected little".formatted(TorchNames.printable(text.strip())));
    }
  }

  private void collect(String name, @Nullable Object value, int depth) {
    // Dictionaries may hold each other: neither depth nor number is bounded by the file's size.
    if (++values > MAX_VALUES || depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "%s: nested deeper than %s or more than %s values"
              .formatted(TorchNames.printable(name), MAX_DEPTH, MAX_VALUES));
    }
    // One long key before many names would fill the heap.
    budget.charge(name.length());
    switch (value) {
      case Map<?, ?> map -> {
        Iterator<? extends Map.Entry<?, ?>> items = map.entrySet().iterator();
        while (items.hasNext()) {
          Map.Entry<?, ?> item = items.next();
          collect(
              depth == 0 ? "" + item.getKey() : name + "." + item.getKey(),
              item.getValue(),
              depth + 1);
        }
      }
      case TorchValue.TensorView view -> {
        // Tied weights share a storage; a bomb shares one a million times.
        elements = Math.addExact(elements, new Shape(view.shape()).size());
        if (elements > maxElements) {
          throw new IllegalArgumentException(
              "tensor %s: all together have more elements than the file has bytes".formatted(name));
        }
        tensors.put(name, TorchTensors.of(name, view, storage(name, view.storage())));
        types.put(name, view.storage().type().name());
      }
      case TorchValue.Opaque(String type, boolean tensor) when tensor ->
          unread.put(name, TorchNames.printable(type));
      case String text -> metadata.put(name, text);
      case Number number -> metadata.put(name, number.toString());
      case Boolean bool -> metadata.put(name, bool.toString());
      case null, default -> {
        // Lists and tuples hold optimizer state and the like, no parameters.
      }
    }
  }

  private MemorySegment storage(String name, TorchValue.Storage storage) {
    MemorySegment data = entries.get(prefix + "data/" + storage.key());
    if (data == null) {
      throw new IllegalArgumentException(
          "tensor %s: storage %s is missing".formatted(name, storage.key()));
    }
    return data;
  }
}
