package org.trm4j.datasets.io.npy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * A .npy file of whole numbers, C order, little-endian; sizes in the header are checked before
 * anything is allocated.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class NpyArray implements AutoCloseable {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int FIRST = 12;
  private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([<|>=])([iub])([0-9]+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  private final ArrayBytes data;
  private final long start;
  private final long elements;
  private final List<Integer> shape;
  private final int bytes;
  private final boolean unsigned;

  private NpyArray(ArrayBytes data, long start, List<Integer> shape, int bytes, boolean unsigned) {
    this.data = data;
    this.start = start;
    this.shape = shape;
    this.elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    this.bytes = bytes;
    this.unsigned = unsigned;
  }

  /** Opens a file; throws {@link DatasetException} that names it and what is wrong. */
  public static NpyArray open(Path file) {
    ArrayBytes bytes;
    try {
      bytes = ArrayBytes.open(file);
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, e), e);
    }
    try {
      return parse(bytes);
    } catch (IllegalArgumentException | ArithmeticException e) {
      bytes.close();
      throw new DatasetException(
          "%s: not a readable npy file: %s".formatted(file, e.getMessage()), e);
    }
  }

  static NpyArray parse(MemorySegment file) {
    return parse(ArrayBytes.of(file));
  }

  private static NpyArray parse(ArrayBytes file) {
    byte[] first = new byte[(int) Math.min(FIRST, file.size())];
    file.read(0, first);
    if (first.length < FIRST || !Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalArgumentException("the magic bytes are missing");
    }
    int major = first[MAGIC.length];
    int lengthBytes = major == 1 ? 2 : 4;
    long headerSize = 0;
    for (int i = lengthBytes - 1; i >= 0; i--) {
      headerSize = headerSize << 8 | first[8 + i] & 0xFF;
    }
    long start = 8 + lengthBytes + headerSize;
    if (start > file.size() || headerSize > 1 << 20) {
      throw new IllegalArgumentException(
          "header of %s bytes, the file has %s".formatted(headerSize, file.size()));
    }
    byte[] headerBytes = new byte[(int) headerSize];
    file.read(8 + lengthBytes, headerBytes);
    String header = new String(headerBytes, StandardCharsets.ISO_8859_1);
    Matcher type = find(DESCR, header, "a type of whole numbers");
    if (find(ORDER, header, "fortran_order").group(1).equals("True")) {
      throw new IllegalArgumentException("Fortran order, expected C order");
    }
    if (type.group(1).equals(">")) {
      throw new IllegalArgumentException("big-endian, expected little-endian");
    }
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (String extent : find(SHAPE, header, "a shape").group(1).split(",", -1)) {
      if (!extent.isBlank()) {
        shape.add(Integer.parseInt(extent.trim()));
        size = Math.multiplyExact(size, shape.getLast().longValue());
      }
    }
    if (shape.isEmpty()) {
      throw new IllegalArgumentException("a single number, expected an array");
    }
    int bytes = Integer.parseInt(type.group(3));
    if (bytes != 1 && bytes != 2 && bytes != 4 && bytes != 8) {
      throw new IllegalArgumentException(
          "elements of %s bytes, expected 1, 2, 4 or 8".formatted(bytes));
    }
    if (file.size() - start < Math.multiplyExact(size, (long) bytes)) {
      throw new IllegalArgumentException(
          "shape %s needs %s bytes, the file has %s: it is truncated"
              .formatted(shape, size * bytes, file.size() - start));
    }
    return new NpyArray(file, start, List.copyOf(shape), bytes, !type.group(2).equals("i"));
  }

  private static Matcher find(Pattern pattern, String header, String what) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "header %s: expected %s".formatted(header.trim().replaceAll("\\p{Cc}", "?"), what));
    }
    return matcher;
  }

  /** Returns the extents. */
  public List<Integer> shape() {
    return shape;
  }

  /** Returns the first extent. */
  public int length() {
    return shape.getFirst();
  }

  /** Returns element {@code index} of the flattened array. */
  public int get(long index) {
    return elements(index, 1)[0];
  }

  /** Returns row {@code index} of a two-dimensional array. */
  public int[] row(int index) {
    int width = shape.get(1);
    return elements((long) index * width, width);
  }

  private int[] elements(long from, int count) {
    Objects.checkFromIndexSize(from, count, elements);
    byte[] read = new byte[Math.multiplyExact(count, bytes)];
    data.read(start + from * bytes, read);
    ByteBuffer buffer = ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (bytes) {
            case 1 -> unsigned ? read[i] & 0xFF : read[i];
            case 2 -> unsigned ? buffer.getShort(2 * i) & 0xFFFF : buffer.getShort(2 * i);
            case 4 -> buffer.getInt(4 * i);
            default -> Math.toIntExact(buffer.getLong(8 * i));
          };
    }
    return values;
  }

  /** Closes the file; a second call does nothing. */
  @Override
  public void close() {
    data.close();
  }
}
