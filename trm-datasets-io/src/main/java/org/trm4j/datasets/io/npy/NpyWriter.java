package org.trm4j.datasets.io.npy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * Writes a .npy file row by row; the number of rows is put into the header when it is closed. What
 * it writes is byte for byte what numpy writes of the same array. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class NpyWriter implements AutoCloseable {
  /** numpy aligns the data to 64 bytes; these shapes never need more than two of them. */
  private static final int HEADER = 128;

  private final Path file;
  private final String type;
  private final int width;
  private final OutputStream out;
  private long rows;
  private boolean closed;

  private NpyWriter(Path file, String type, int width) {
    this.file = file;
    this.type = type;
    this.width = width;
    try {
      this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 18);
      out.write(new byte[HEADER]);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Begins an array of bytes [rows, width]. */
  public static NpyWriter bytes(Path file, int width) {
    return new NpyWriter(file, "|u1", width);
  }

  /** Begins an array of 32-bit numbers [rows]. */
  public static NpyWriter integers(Path file) {
    return new NpyWriter(file, "<i4", 0);
  }

  /** Writes a row of an array of bytes; the array may be used again. */
  public void row(byte[] values) {
    if (values.length != width) {
      throw new IllegalArgumentException(
          "npy: row of %s values, expected %s".formatted(values.length, width));
    }
    write(values);
  }

  /** Writes an element of an array of numbers. */
  public void value(int value) {
    write(
        new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)});
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw failed(e);
    }
    rows++;
  }

  /** Returns how many rows were written. */
  public long rows() {
    return rows;
  }

  /** Writes the header; without it the file cannot be read. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      out.flush();
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer header = ByteBuffer.wrap(header());
        for (int at = 0; header.hasRemaining(); ) {
          at += channel.write(header, at);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private byte[] header() {
    String shape = width == 0 ? "(%s,)".formatted(rows) : "(%s, %s)".formatted(rows, width);
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).put((byte) (HEADER - 10)).put((byte) 0);
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }

  private DatasetException failed(IOException e) {
    return new DatasetException(
        "%s: cannot be written: %s".formatted(file, e), new UncheckedIOException(e));
  }
}
