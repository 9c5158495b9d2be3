package org.trm4j.checkpoint.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.ElementType;
import org.trm4j.checkpoint.content.FileContent;
import org.trm4j.checkpoint.content.Tensors;
import org.trm4j.json.JsonReader;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/**
 * Reads safetensors files of any size; sizes in the header are checked before anything is
 * allocated.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SafetensorsReader {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private SafetensorsReader() {}

  /**
   * Reads a file of any file system into memory outside the heap, of which its tensors are views;
   * what becomes of the file later changes nothing. Throws {@link CheckpointException}.
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
    } catch (NoSuchFileException e) {
      throw new CheckpointException("%s: no such file".formatted(file), e);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(file, e), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException(
          "%s: not a valid safetensors file: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads all of a stream into memory, which stays open; throws {@link CheckpointException}.
   *
   * @param name of the source, for messages
   */
  public static Checkpoint read(InputStream in, String name) {
    try {
      return parse(MemorySegment.ofArray(in.readAllBytes()));
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(name, e), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException(
          "%s: not a valid safetensors file: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Parses a whole file in memory; throws {@link IllegalArgumentException} or {@link
   * ArithmeticException}.
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public static Checkpoint parse(MemorySegment file) {
    if (file.byteSize() < 8) {
      throw new IllegalArgumentException(
          "%s bytes, expected at least 8".formatted(file.byteSize()));
    }
    long headerSize = file.get(LONG, 0);
    if (headerSize < 2 || headerSize > file.byteSize() - 8 || headerSize > 100_000_000) {
      throw new IllegalArgumentException(
          "header of %s bytes, expected 2..%s"
              .formatted(headerSize, Math.min(file.byteSize() - 8, 100_000_000)));
    }
    byte[] headerBytes = file.asSlice(8, headerSize).toArray(ValueLayout.JAVA_BYTE);
    String header = SafetensorsRules.text(headerBytes);
    MemorySegment data = file.asSlice(8 + headerSize);
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Described> described = new ArrayList<>();
    SafetensorsRules rules = new SafetensorsRules();
    for (Map.Entry<String, @Nullable Object> entry : JsonReader.parseObject(header).entrySet()) {
      if (!(entry.getValue() instanceof Map<?, ?> value)) {
        throw new IllegalArgumentException(
            "entry %s: expected an object".formatted(entry.getKey()));
      }
      if (entry.getKey().equals("__metadata__")) {
        value.forEach((k, v) -> metadata.put(String.valueOf(k), SafetensorsRules.metadata(k, v)));
      } else {
        described.add(
            described(SafetensorsRules.name(entry.getKey()), value, data.byteSize(), rules));
      }
    }
    // Before any tensor is made: those of half precision are copies.
    rules.check(data.byteSize());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    for (Described one : described) {
      tensors.put(
          one.name, Tensors.of(one.shape, one.type, data.asSlice(one.begin, one.end - one.begin)));
      types.put(one.name, one.type.name());
    }
    ParameterSet values = new ParameterSet(tensors);
    String checksum = metadata.remove(Checksum.KEY);
    if (checksum != null) {
      verify(file, headerBytes, checksum, values);
    }
    return new Checkpoint(values, metadata, types, Map.of());
  }

  /** Names what is not finite too: a checksum alone says little of what is wrong. */
  private static void verify(
      MemorySegment file, byte[] header, String checksum, ParameterSet values) {
    try {
      Checksum.verify(file, header, checksum);
    } catch (IllegalArgumentException e) {
      throw values
          .notFinite()
          .map(more -> new IllegalArgumentException(e.getMessage() + "; " + more, e))
          .orElse(e);
    }
  }

  private record Described(String name, ElementType type, Shape shape, long begin, long end) {}

  private static Described described(
      String name, Map<?, ?> entry, long dataSize, SafetensorsRules rules) {
    ElementType type = type(name, entry.get("dtype"));
    Shape shape = new Shape(longs(name, "shape", entry.get("shape")));
    List<Long> offsets = longs(name, "data_offsets", entry.get("data_offsets"));
    if (offsets.size() != 2 || offsets.get(0) < 0 || offsets.get(1) < offsets.get(0)) {
      throw new IllegalArgumentException(
          "tensor %s: data_offsets %s, expected [begin, end]".formatted(name, offsets));
    }
    long size = offsets.get(1) - offsets.get(0);
    if (offsets.get(1) > dataSize) {
      throw new IllegalArgumentException(
          "tensor %s: ends at byte %s of the data, the file has %s: it is truncated"
              .formatted(name, offsets.get(1), dataSize));
    }
    if (size != Math.multiplyExact(shape.size(), (long) type.bytes)) {
      throw new IllegalArgumentException(
          "tensor %s: %s %s needs %s bytes, found %s"
              .formatted(name, type, shape, shape.size() * type.bytes, size));
    }
    rules.add(name, offsets.get(0), offsets.get(1));
    return new Described(name, type, shape, offsets.get(0), offsets.get(1));
  }

  private static ElementType type(String name, @Nullable Object dtype) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "tensor %s: dtype %s, expected one of %s"
            .formatted(name, dtype, List.of(ElementType.values())));
  }

  private static List<Long> longs(String name, String key, @Nullable Object value) {
    if (value instanceof List<?> list
        && list.size() <= SafetensorsRules.MAX_RANK
        && list.stream().allMatch(Long.class::isInstance)) {
      return list.stream().map(Long.class::cast).toList();
    }
    throw new IllegalArgumentException(
        "tensor %s: %s is %s, expected whole numbers".formatted(name, key, value));
  }
}
