package org.trm4j.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.json.JsonWriter;
import org.trm4j.model.Tensor;

/**
 * Writes safetensors files: 32-bit floats, header padded so that tensors are aligned to 8 bytes.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 20;

  private SafetensorsWriter() {}

  /**
   * Writes beside the file first and then moves over it: a reader sees the old or the new file,
   * never half of one.
   */
  public static void write(Path file, Checkpoint checkpoint) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        header(checkpoint, channel);
        for (Tensor tensor : checkpoint.tensors().tensors().values()) {
          data(tensor, channel);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  private static void header(Checkpoint checkpoint, FileChannel channel) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!checkpoint.metadata().isEmpty()) {
      header.put("__metadata__", new TreeMap<>(checkpoint.metadata()));
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : checkpoint.tensors().tensors().entrySet()) {
      long end = offset + entry.getValue().data().byteSize();
      Map<String, Object> description = new LinkedHashMap<>();
      description.put("dtype", "F32");
      description.put("shape", entry.getValue().shape().dimensions());
      description.put("data_offsets", List.of(offset, end));
      header.put(entry.getKey(), description);
      offset = end;
    }
    String json = JsonWriter.write(header);
    byte[] bytes =
        (json + " ".repeat(7 - (json.getBytes(StandardCharsets.UTF_8).length + 7) % 8))
            .getBytes(StandardCharsets.UTF_8);
    write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bytes.length), channel);
    write(ByteBuffer.wrap(bytes), channel);
  }

  private static void data(Tensor tensor, FileChannel channel) throws IOException {
    long size = tensor.data().byteSize();
    byte[] chunk = new byte[(int) Math.min(CHUNK, size)];
    for (long at = 0; at < size; at += CHUNK) {
      // Copied, because a segment over a float array has no view as a byte buffer.
      int count = (int) Math.min(CHUNK, size - at);
      MemorySegment.copy(tensor.data(), ValueLayout.JAVA_BYTE, at, chunk, 0, count);
      write(ByteBuffer.wrap(chunk, 0, count), channel);
    }
  }

  private static void write(ByteBuffer buffer, FileChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
