package org.trm4j.datasets.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.dataset.spi.DatasetException;

class NpyArrayTest {

  private static byte[] file(String descr, String shape, byte[] data) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(descr, shape);
    ByteBuffer out =
        ByteBuffer.allocate(10 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0);
    out.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
    return out.array();
  }

  private static NpyArray parse(byte[] bytes) {
    return NpyArray.parse(MemorySegment.ofArray(bytes));
  }

  @Test
  void readsEveryWidth() {
    assertThat(parse(file("|u1", "2, 2", new byte[] {1, 2, (byte) 200, 4})).row(1))
        .containsExactly(200, 4);
    assertThat(parse(file("|i1", "1,", new byte[] {-3})).get(0)).isEqualTo(-3);
    assertThat(parse(file("<i2", "1,", new byte[] {1, 1})).get(0)).isEqualTo(257);
    assertThat(parse(file("<i4", "1,", new byte[] {1, 0, 1, 0})).get(0)).isEqualTo(65537);
    assertThat(parse(file("<i8", "1,", new byte[] {5, 0, 0, 0, 0, 0, 0, 0})).get(0)).isEqualTo(5);
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThatThrownBy(() -> parse(file("<f4", "1,", new byte[4])))
        .hasMessageContaining("whole numbers");
    assertThatThrownBy(() -> parse(file(">i4", "1,", new byte[4])))
        .hasMessageContaining("big-endian");
    assertThatThrownBy(() -> parse(file("<i4", "1000000000, 1000", new byte[4])))
        .hasMessageContaining("truncated");
    assertThatThrownBy(() -> parse(new byte[20])).hasMessageContaining("magic");
  }

  /** A mapped file that is truncated would end the reader with an error of the virtual machine. */
  @Test
  void aLargeFileThatShrinksIsRefusedWhereItIsRead(@TempDir Path folder) throws Exception {
    int rows = 60_000;
    byte[] data = new byte[rows * 81];
    data[data.length - 1] = 7;
    Path path = folder.resolve("all__inputs.npy");
    Files.write(path, file("|u1", rows + ", 81", data));
    try (NpyArray array = NpyArray.open(path)) {
      assertThat(array.row(rows - 1)).endsWith(0, 7);
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(4096);
      }
      assertThat(array.row(0)).containsOnly(0);
      assertThatThrownBy(() -> array.row(rows - 1))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("all__inputs.npy: byte")
          .hasMessageContaining("cannot be read any more");
      // An interrupt of one reader closes nothing for the others.
      Thread.currentThread().interrupt();
      assertThat(array.row(1)).containsOnly(0);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Damaged files are refused or read within their bounds; nothing else is thrown. */
  @Test
  void damagedFilesAreRefused() {
    byte[] good = file("<i4", "2, 3", new byte[24]);
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        NpyArray array = parse(bytes);
        assertThat(array.shape()).isNotNull();
      } catch (IllegalArgumentException | ArithmeticException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
