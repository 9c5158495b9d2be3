package org.trm4j.it.robustness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the fixed corpus of small files that ask for much: memory out of proportion to their size,
 * or time. {@link HostileReader} reads them with a small heap.
 */
final class HostileFiles {
  private static final int MARK = '(';

  private HostileFiles() {}

  static void write(Path folder) throws IOException {
    Files.write(folder.resolve("shapes.pt"), zip(shapes()));
    Files.write(folder.resolve("dictionaries.pt"), zip(dictionaries()));
    Files.write(folder.resolve("names.pt"), zip(names()));
    Files.write(folder.resolve("itself.pt"), zip(itself()));
    Files.write(folder.resolve("collisions.pt"), zip(collisions()));
    Files.write(folder.resolve("overlaps.safetensors"), overlaps());
    Files.write(folder.resolve("names.safetensors"), longName());
    Files.write(folder.resolve("collisions.safetensors"), collidingMetadata());
    Files.write(folder.resolve("depth.safetensors"), safetensors("{\"a\":".repeat(100_000), 0));
    try (var line = new GZIPOutputStream(Files.newOutputStream(folder.resolve("line.csv.gz")))) {
      byte[] zeros = new byte[1 << 20];
      java.util.Arrays.fill(zeros, (byte) '1');
      line.write("question,answer\n".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 1 << 9; i++) {
        line.write(zeros);
      }
    }
  }

  /** One shape of 10,000 extents that 20,000 tensors have. */
  private static ByteArrayOutputStream shapes() {
    ByteArrayOutputStream pickle = start();
    pickle.write(MARK);
    for (int i = 0; i < 10_000; i++) {
      bytes(pickle, 'K', 1);
    }
    bytes(pickle, 't', 'q', 0, '0');
    global(pickle, "torch._utils", "_rebuild_tensor_v2");
    bytes(pickle, 'q', 1, '0', MARK);
    text(pickle, "storage");
    global(pickle, "torch", "FloatStorage");
    text(pickle, "0");
    bytes(pickle, 't', 'Q', 'q', 2, '0', ']', MARK);
    for (int i = 0; i < 20_000; i++) {
      bytes(pickle, 'h', 1, MARK, 'h', 2, 'K', 0, 'h', 0, 'h', 0, 't', 'R');
    }
    return end(pickle, 'e');
  }

  /** One list of 10,000 pairs of which 40,000 dictionaries are made. */
  private static ByteArrayOutputStream dictionaries() {
    ByteArrayOutputStream pickle = start();
    bytes(pickle, ']', 'q', 0, MARK);
    for (int i = 0; i < 10_000; i++) {
      text(pickle, "k" + i);
      bytes(pickle, 'K', 1, 0x86);
    }
    bytes(pickle, 'e', '0');
    global(pickle, "collections", "OrderedDict");
    bytes(pickle, 'q', 1, '0', 'h', 0, 0x85, 'q', 2, '0', ']', MARK);
    for (int i = 0; i < 40_000; i++) {
      bytes(pickle, 'h', 1, 'h', 2, 'R');
    }
    return end(pickle, 'e');
  }

  /** One key of 100,000 letters before 3,000 names. */
  private static ByteArrayOutputStream names() {
    ByteArrayOutputStream pickle = start();
    bytes(pickle, '}');
    text(pickle, "n".repeat(100_000));
    bytes(pickle, '}', MARK);
    for (int i = 0; i < 3_000; i++) {
      text(pickle, "k" + i);
      text(pickle, "v");
    }
    bytes(pickle, 'u');
    return end(pickle, 's');
  }

  /** A dictionary that holds itself under many keys. */
  private static ByteArrayOutputStream itself() {
    ByteArrayOutputStream pickle = start();
    bytes(pickle, '}', 'q', 0, MARK);
    for (int i = 0; i < 100; i++) {
      text(pickle, "k" + i);
      bytes(pickle, 'h', 0);
    }
    return end(pickle, 'u');
  }

  private static ByteArrayOutputStream collisions() {
    ByteArrayOutputStream pickle = start();
    bytes(pickle, '}', MARK);
    for (int i = 0; i < 1 << 16; i++) {
      text(pickle, colliding(i));
      bytes(pickle, 'K', 1);
    }
    return end(pickle, 'u');
  }

  /** 2,000 tensors that lie over the same megabyte. */
  private static byte[] overlaps() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 2_000; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append(
              "\"t%s\":{\"dtype\":\"BF16\",\"shape\":[524288],\"data_offsets\":[0,1048576]}"
                  .formatted(i));
    }
    return safetensors(header.append('}').toString(), 1 << 20);
  }

  private static byte[] longName() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 20; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append(
              "\"%s\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}"
                  .formatted(i + "n".repeat(100_000)));
    }
    return safetensors(header.append('}').toString(), 0);
  }

  private static byte[] collidingMetadata() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{");
    for (int i = 0; i < 1 << 16; i++) {
      header.append(i == 0 ? "" : ",").append('"').append(colliding(i)).append("\":\"v\"");
    }
    return safetensors(header.append("}}").toString(), 0);
  }

  /** Returns texts that differ and have one hash: "Aa" and "BB" have the same. */
  private static String colliding(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static byte[] safetensors(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private static ByteArrayOutputStream start() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    bytes(pickle, 0x80, 2);
    return pickle;
  }

  private static ByteArrayOutputStream end(ByteArrayOutputStream pickle, int... last) {
    bytes(pickle, last);
    pickle.write('.');
    return pickle;
  }

  private static void bytes(ByteArrayOutputStream out, int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write('X');
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length()).array());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void global(ByteArrayOutputStream out, String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] zip(ByteArrayOutputStream pickle) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      stored(zip, "a/data.pkl", pickle.toByteArray());
      stored(zip, "a/data/0", new byte[4]);
    }
    return bytes.toByteArray();
  }

  private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
