package org.trm4j.checkpoint.safetensors;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.content.ElementType;
import org.trm4j.json.JsonWriter;
import org.trm4j.model.Tensor;

/**
 * Writes safetensors files: floats of 32 bits, or of 16 where that is asked for, header padded so
 * that the data starts at a multiple of 8 bytes, with a checksum in the metadata that {@link
 * SafetensorsReader} verifies.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 20;
  private static final String METADATA = "__metadata__";

  private SafetensorsWriter() {}

  /**
   * Writes beside the file first and then moves over it: a reader sees the old or the new file,
   * never half of one, and so does the next start after a power cut.
   */
  public static void write(Path file, Checkpoint checkpoint) {
    write(file, checkpoint, ElementType.F32);
  }

  /**
   * Writes every tensor as that type: F32, F16 or BF16, rounded to the nearest. A value too large
   * for the type is refused by the tensor's name, and nothing is written.
   */
  static void write(Path file, Checkpoint checkpoint, ElementType type) {
    writeAs(file, checkpoint, name -> type);
  }

  /**
   * Writes some tensors as BF16, rounded to the nearest, and the others as F32.
   *
   * @param brain tells by a tensor's name whether it is one of them
   */
  public static void write(Path file, Checkpoint checkpoint, Predicate<String> brain) {
    writeAs(file, checkpoint, name -> brain.test(name) ? ElementType.BF16 : ElementType.F32);
  }

  /**
   * Writes every tensor as F16, rounded to the nearest. A value too large for it is refused by the
   * tensor's name, and nothing is written.
   */
  public static void writeHalf(Path file, Checkpoint checkpoint) {
    write(file, checkpoint, ElementType.F16);
  }

  /** Which type a tensor gets, by its name. */
  private interface Types {
    ElementType of(String name);
  }

  private static void writeAs(Path file, Checkpoint checkpoint, Types types) {
    if (checkpoint.tensors().tensors().containsKey(METADATA)) {
      throw new CheckpointException(
          "%s: a tensor is called %s, which safetensors keeps for itself"
              .formatted(file, METADATA));
    }
    byte[] header = header(checkpoint, types);
    try {
      DurableFile.replace(file, channel -> write(channel, header, checkpoint, types));
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("%s: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  private static void write(FileChannel channel, byte[] header, Checkpoint checkpoint, Types types)
      throws IOException {
    CRC32C sum = new CRC32C();
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    write(length.putLong(0, header.length), channel, sum);
    write(ByteBuffer.wrap(header), channel, sum);
    for (Map.Entry<String, Tensor> entry : checkpoint.tensors().tensors().entrySet()) {
      ElementType type = types.of(entry.getKey());
      if (type == ElementType.F32) {
        data(entry.getValue(), channel, sum);
      } else {
        converted(entry.getKey(), entry.getValue(), type, channel, sum);
      }
    }
    ByteBuffer digits = ByteBuffer.wrap(Checksum.format(sum));
    long at = 8L + Checksum.digits(header);
    while (digits.hasRemaining()) {
      at += channel.write(digits, at);
    }
  }

  private static byte[] header(Checkpoint checkpoint, Types types) {
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, String> metadata = new TreeMap<>(checkpoint.metadata());
    metadata.put(Checksum.KEY, Checksum.OPEN);
    header.put(METADATA, metadata);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : checkpoint.tensors().tensors().entrySet()) {
      ElementType type = types.of(entry.getKey());
      long end = offset + Math.multiplyExact(entry.getValue().shape().size(), (long) type.bytes);
      Map<String, Object> description = new LinkedHashMap<>();
      description.put("dtype", type.name());
      description.put("shape", entry.getValue().shape().dimensions());
      description.put("data_offsets", List.of(offset, end));
      header.put(entry.getKey(), description);
      offset = end;
    }
    String json = JsonWriter.write(header);
    return (json + " ".repeat(7 - (json.getBytes(StandardCharsets.UTF_8).length + 7) % 8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void data(Tensor tensor, FileChannel channel, CRC32C sum) throws IOException {
    long size = tensor.data().byteSize();
    byte[] chunk = new byte[(int) Math.min(CHUNK, size)];
    for (long at = 0; at < size; at += CHUNK) {
      // Copied, because a segment over a float array has no view as a byte buffer.
      int count = (int) Math.min(CHUNK, size - at);
      MemorySegment.copy(tensor.data(), ValueLayout.JAVA_BYTE, at, chunk, 0, count);
      write(ByteBuffer.wrap(chunk, 0, count), channel, sum);
    }
  }

  private static void converted(
      String name, Tensor tensor, ElementType type, FileChannel channel, CRC32C sum)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    long size = tensor.shape().size();
    for (long index = 0; index < size; index++) {
      try {
        type.write(tensor.get(index), chunk);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "tensor %s: element %s is %s".formatted(name, index, e.getMessage()), e);
      }
      if (chunk.remaining() < type.bytes || index == size - 1) {
        write(chunk.flip(), channel, sum);
        chunk.clear();
      }
    }
  }

  private static void write(ByteBuffer buffer, FileChannel channel, CRC32C sum) throws IOException {
    sum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
