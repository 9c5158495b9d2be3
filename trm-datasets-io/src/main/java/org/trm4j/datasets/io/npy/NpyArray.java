package org.trm4j.datasets.io.npy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * A memory-mapped .npy file of whole numbers, C order, little-endian; nothing is allocated on the
 * word of its header.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class NpyArray {
  private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([<|>=])([iub])([0-9]+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  private final MemorySegment data;
  private final List<Integer> shape;
  private final int bytes;
  private final boolean unsigned;

  private NpyArray(MemorySegment data, List<Integer> shape, int bytes, boolean unsigned) {
    this.data = data;
    this.shape = shape;
    this.bytes = bytes;
    this.unsigned = unsigned;
  }

  /** Maps a file; throws {@link DatasetException} that names it and what is wrong. */
  public static NpyArray open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return parse(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(file, e), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DatasetException(
          "%s: not a readable npy file: %s".formatted(file, e.getMessage()), e);
    }
  }

  static NpyArray parse(MemorySegment file) {
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    if (file.byteSize() < 12 || file.asSlice(0, 6).mismatch(MemorySegment.ofArray(magic)) != -1) {
      throw new IllegalArgumentException("the magic bytes are missing");
    }
    int major = file.get(ValueLayout.JAVA_BYTE, 6);
    int lengthBytes = major == 1 ? 2 : 4;
    long headerSize = 0;
    for (int i = lengthBytes - 1; i >= 0; i--) {
      headerSize = headerSize << 8 | file.get(ValueLayout.JAVA_BYTE, 8 + i) & 0xFF;
    }
    long start = 8 + lengthBytes + headerSize;
    if (start > file.byteSize() || headerSize > 1 << 20) {
      throw new IllegalArgumentException(
          "header of %d bytes, the file has %d".formatted(headerSize, file.byteSize()));
    }
    String header =
        new String(
            file.asSlice(8 + lengthBytes, headerSize).toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.ISO_8859_1);
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
          "elements of %d bytes, expected 1, 2, 4 or 8".formatted(bytes));
    }
    if (file.byteSize() - start < Math.multiplyExact(size, (long) bytes)) {
      throw new IllegalArgumentException(
          "shape %s needs %d bytes, the file has %d: it is truncated"
              .formatted(shape, size * bytes, file.byteSize() - start));
    }
    return new NpyArray(file.asSlice(start), List.copyOf(shape), bytes, !type.group(2).equals("i"));
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
    long value =
        switch (bytes) {
          case 1 ->
              unsigned
                  ? data.get(ValueLayout.JAVA_BYTE, index) & 0xFF
                  : data.get(ValueLayout.JAVA_BYTE, index);
          case 2 ->
              unsigned
                  ? data.get(
                          ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                          index * 2)
                      & 0xFFFF
                  : data.get(
                      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                      index * 2);
          case 4 ->
              data.get(
                  ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), index * 4);
          default ->
              data.get(
                  ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), index * 8);
        };
    return Math.toIntExact(value);
  }

  /** Returns row {@code index} of a two-dimensional array. */
  public int[] row(int index) {
    int width = shape.get(1);
    int[] row = new int[width];
    if (bytes == 1 && unsigned) {
      long start = (long) index * width;
      for (int i = 0; i < width; i++) {
        row[i] = data.get(ValueLayout.JAVA_BYTE, start + i) & 0xFF;
      }
      return row;
    }
    for (int i = 0; i < width; i++) {
      row[i] = get((long) index * width + i);
    }
    return row;
  }
}
