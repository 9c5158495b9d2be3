package org.trm4j.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.exchange.torch.TorchFiles;
import org.trm4j.model.Tensor;

/** A torch file of more than 2 GiB, most of it a hole: the puzzle table of an ARC model. */
class LargeCheckpointTest {
  private static final long ROWS = 70_000_000;
  private static final int WIDTH = 8;

  @TempDir private Path folder;

  @Test
  @Tag("nightly")
  void isMappedNotRead() throws IOException {
    Path small = folder.resolve("small.pt");
    Map<String, Tensor> tensors =
        CheckpointImport.read(Fixtures.of("bare.pt"), Fixtures.TRM).model().parameters().tensors();
    TorchFiles.write(small, tensors, Map.of());
    Path large = folder.resolve("step_1");
    enlarge(small, large);
    assertThat(Files.size(large)).isGreaterThan(1L << 31);
    CheckpointImport.ImportedModel imported = CheckpointImport.read(large, Fixtures.TRM);
    assertThat(imported.model().description().config().numPuzzleIdentifiers())
        .isEqualTo((int) ROWS);
    Tensor table = imported.model().parameters().get("puzzle_emb.weights");
    assertThat(table.get(0)).isEqualTo(tensors.get("puzzle_emb.weights").get(0));
    assertThat(table.get(ROWS * WIDTH - 1)).isZero();
    assertThat(imported.model().parameters().get("lm_head.weight").toArray())
        .isEqualTo(tensors.get("lm_head.weight").toArray());
  }

  /**
   * Writes the same entries without checksums, with the puzzle table last and extended by a hole.
   */
  private static void enlarge(Path small, Path large) throws IOException {
    ByteBuffer directory = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    try (ZipFile zip = new ZipFile(small.toFile());
        RandomAccessFile out = new RandomAccessFile(large.toFile(), "rw")) {
      List<String> names = new ArrayList<>();
      zip.stream().forEach(entry -> names.add(entry.getName()));
      String table = table(zip, names);
      names.remove(table);
      names.add(table);
      for (String name : names) {
        byte[] bytes = zip.getInputStream(zip.getEntry(name)).readAllBytes();
        if (name.endsWith("data.pkl")) {
          bytes = rows(bytes);
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        long at = out.length();
        out.seek(at);
        ByteBuffer header = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        out.write(header.putInt(0x04034b50).putShort(26, (short) utf8.length).array());
        out.write(utf8);
        out.write(bytes);
        long size = name.equals(table) ? ROWS * WIDTH * 4 : bytes.length;
        out.setLength(at + 30 + utf8.length + size);
        directory.putInt(0x02014b50).put(new byte[16]).putInt((int) size).putInt((int) size);
        directory.putShort((short) utf8.length).put(new byte[12]).putInt((int) at).put(utf8);
      }
      long start = out.length();
      int length = directory.position();
      directory.putInt(0x06054b50).putInt(0).putShort((short) names.size());
      directory
          .putShort((short) names.size())
          .putInt(length)
          .putInt((int) start)
          .putShort((short) 0);
      out.seek(start);
      out.write(directory.array(), 0, directory.position());
    }
  }

  /** The puzzle table is the only storage of 3 x 8 floats. */
  private static String table(ZipFile zip, List<String> names) {
    return names.stream()
        .filter(name -> name.contains("/data/") && zip.getEntry(name).getSize() == 3 * WIDTH * 4)
        .findFirst()
        .orElseThrow();
  }

  /** Writes the numbers of rows and elements into the pickle, where 3 and 24 take one byte each. */
  private static byte[] rows(byte[] pickle) {
    ByteBuffer out = ByteBuffer.allocate(pickle.length + 100).order(ByteOrder.LITTLE_ENDIAN);
    String text = new String(pickle, StandardCharsets.ISO_8859_1);
    int name = text.indexOf("puzzle_emb.weights");
    int size = text.indexOf("K\u0018", name);
    int shape = text.indexOf("K\u0003K\u0008", name);
    out.put(pickle, 0, size).put((byte) 'J').putInt((int) (ROWS * WIDTH));
    out.put(pickle, size + 2, shape - size - 2).put((byte) 'J').putInt((int) ROWS);
    out.put(pickle, shape + 2, pickle.length - shape - 2);
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }
}
