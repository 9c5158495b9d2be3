package org.trm4j.exchange.torch;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.model.Tensor;

/**
 * Writes dictionaries of tensors as {@code torch.save} does: a zip of stored entries, each storage
 * aligned to 64 bytes so that PyTorch can map it.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class TorchFiles {
  private static final int ALIGNMENT = 64;
  private static final int HEADER = 30;
  private static final int FIELD = 4;
  private static final int PADDING_ID = 0x4246;
  private static final int CHUNK = 1 << 16;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Counter counter;
  private final ZipOutputStream zip;

  private TorchFiles(OutputStream out) {
    this.counter = new Counter(out);
    this.zip = new ZipOutputStream(counter);
  }

  /**
   * Writes a file; it is replaced as a whole.
   *
   * @param tensors in the dictionary's order
   * @param types {@code BF16} or {@code F16} for tensors that are not written as 32-bit floats, by
   *     name; values are rounded to nearest
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> types) {
    try {
      DurableFile.replace(
          file,
          channel -> {
            TorchFiles writer = new TorchFiles(Channels.newOutputStream(channel));
            writer.write(name(file), tensors, types);
            writer.zip.finish();
            writer.counter.flush();
          });
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  /** The folder in the archive is named after the file, without the extension. */
  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private void write(String name, Map<String, Tensor> tensors, Map<String, String> types)
      throws IOException {
    List<TensorPickle.Entry> entries = new ArrayList<>();
    tensors.forEach((key, tensor) ->
        entries.add(
            new TensorPickle.Entry(
                key,
                TorchType.valueOf(types.getOrDefault(key, "F32")),
                tensor.shape().dimensions())));
    text(name + "/data.pkl", TensorPickle.of(entries));
    text(name + "/.format_version", "1");
    text(name + "/.storage_alignment", Integer.toString(ALIGNMENT));
    text(name + "/byteorder", "little");
    int number = 0;
    for (Tensor tensor : tensors.values()) {
      storage(name + "/data/" + number, tensor, entries.get(number).type());
      number++;
    }
    text(name + "/version", "3\n");
  }

  private void text(String name, String text) throws IOException {
    text(name, text.getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    begin(name, bytes.length, crc.getValue());
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Passes over the tensor twice, because a stored entry begins with its checksum. */
  private void storage(String name, Tensor tensor, TorchType type) throws IOException {
    CRC32 crc = new CRC32();
    copy(tensor, type, crc::update);
    begin(name, tensor.shape().size() * type.bytes, crc.getValue());
    copy(tensor, type, zip::write);
    zip.closeEntry();
  }

  /** Accepts a part of the bytes. */
  private interface Taker {
    void take(byte[] bytes, int from, int count) throws IOException;
  }

  private static void copy(Tensor tensor, TorchType type, Taker taker) throws IOException {
    float[] values = new float[CHUNK];
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
    long size = tensor.shape().size();
    for (long at = 0; at < size; at += CHUNK) {
      int count = (int) Math.min(CHUNK, size - at);
      tensor.copyTo(at, values, 0, count);
      bytes.clear();
      for (int i = 0; i < count; i++) {
        if (type == TorchType.F32) {
          bytes.putInt(type.bits(values[i]));
        } else {
          bytes.putShort((short) type.bits(values[i]));
        }
      }
      taker.take(bytes.array(), 0, bytes.position());
    }
  }

  /** Pads the entry's header as PyTorch does, with a field of its own. */
  private void begin(String name, long size, long crc) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc);
    entry.setTimeLocal(EPOCH);
    long data = counter.written + HEADER + name.getBytes(StandardCharsets.UTF_8).length + FIELD;
    int padding = (int) (-data & ALIGNMENT - 1);
    byte[] extra = new byte[FIELD + padding];
    Arrays.fill(extra, FIELD, extra.length, (byte) 'Z');
    ByteBuffer.wrap(extra)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) PADDING_ID)
        .putShort((short) padding);
    entry.setExtra(extra);
    zip.putNextEntry(entry);
  }

  /** Counts the bytes written to the zip, which does not buffer stored entries. */
  private static final class Counter extends FilterOutputStream {
    private long written;

    Counter(OutputStream out) {
      super(new BufferedOutputStream(out, 1 << 20));
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      written += count;
    }
  }
}
