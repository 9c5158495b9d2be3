package org.trm4j.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;

class TorchCheckpointTest {
  @TempDir Path folder;

  private static TorchFile twoTensors() {
    return new TorchFile()
        .code('}', '(')
        .text("_orig_mod.model.inner.a")
        .tensor("FloatStorage", "0", 1, new long[] {2, 2}, new long[] {2, 1})
        .text("b")
        .tensor("BFloat16Storage", "1", 0, new long[] {2}, new long[] {1})
        .code('u', '.')
        .floats("0", 9, 1, 2, 3, 4)
        .entry("data/1", new byte[] {(byte) 0x80, 0x3f, 0, (byte) 0xc0})
        .entry("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsTensorsOfZipAndZip64(boolean zip64) throws Exception {
    Path file = folder.resolve("step_100");
    Files.write(file, twoTensors().bytes(zip64));
    Checkpoint checkpoint = TorchCheckpoint.read(file);
    assertThat(checkpoint.tensors().get("_orig_mod.model.inner.a").toArray())
        .containsExactly(1, 2, 3, 4);
    assertThat(checkpoint.tensors().get("b").toArray()).containsExactly(1, -2);
  }

  @Test
  void readsViewsThatAreNotContiguous() {
    Checkpoint transposed =
        new TorchFile()
            .code('}')
            .text("t")
            .tensor("FloatStorage", "0", 0, new long[] {3, 2}, new long[] {1, 3})
            .code('s', '.')
            .floats("0", 0, 1, 2, 3, 4, 5)
            .parse();
    assertThat(transposed.tensors().get("t").toArray()).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void namesOfNestedDictionariesAreDottedAndScalarsBecomeMetadata() {
    Checkpoint nested =
        new TorchFile()
            .code('}', '(')
            .text("step")
            .number(-7)
            .text("model")
            .code('}')
            .text("w")
            .tensor("FloatStorage", "0", 0, new long[] {1}, new long[] {1})
            .code('s', 'u', '.')
            .floats("0", 5)
            .parse();
    assertThat(nested.tensors().get("model.w").toArray()).containsExactly(5);
    assertThat(nested.metadata()).containsEntry("step", "-7");
  }

  /** A class or function of any other name is left opaque: no lookup, no call, no error. */
  @Test
  void whatIsNotKnownStaysOpaque() {
    for (String[] name :
        List.of(
            new String[] {"os", "system"},
            new String[] {"builtins", "eval"},
            new String[] {"java.lang", "Runtime"},
            new String[] {"torch", "load"})) {
      TorchFile file = new TorchFile().code('}', '(').text("called");
      file.name(name[0], name[1]).code('(').text("true").code('t', 'R');
      file.text("made")
          .name(name[0], name[1])
          .code(')', 0x81, '}')
          .text("x")
          .number(1)
          .code('s', 'b');
      file.text("extended").name(name[0], name[1]).code(')', 0x81).text("k").number(1).code('s');
      file.text("listed").name(name[0], name[1]).code(')', 0x81, ']', 'a');
      file.text("w").tensor("FloatStorage", "0", 0, new long[] {1}, new long[] {1});
      Checkpoint read = file.code('u', '.').floats("0", 5).parse();
      assertThat(read.tensors().tensors()).containsOnlyKeys("w");
      assertThat(read.metadata()).isEmpty();
      assertThat(read.unread()).isEmpty();
    }
  }

  /** It is an error only for who needs the tensor; the name is kept for the message. */
  @Test
  void aTensorThatDependsOnAnUnknownNameIsNamed() {
    TorchFile file = new TorchFile().code('}', '(').text("wrapped");
    file.name("torchao.dtypes", "Rebuild").code('(');
    file.tensor("FloatStorage", "0", 0, new long[] {1}, new long[] {1}).code('t', 'R');
    file.text("typed").tensor("QInt8Storage", "0", 0, new long[] {1}, new long[] {1});
    Checkpoint read = file.code('u', '.').floats("0", 5).parse();
    assertThat(read.tensors().tensors()).isEmpty();
    assertThat(read.unread())
        .isEqualTo(Map.of("wrapped", "torchao.dtypes.Rebuild", "typed", "torch.QInt8Storage"));
  }

  /** A key, a shape or a list that is used again and again costs its size each time. */
  @Test
  void aFewBytesDoNotFillTheHeap() {
    TorchFile shapes = new TorchFile().code('}', '(').text("t0");
    shapes.tensor("FloatStorage", "0", 0, new long[65], new long[65]).code('u', '.');
    assertThatThrownBy(() -> shapes.floats("0", 1).parse()).hasMessageContaining("65 dimensions");

    TorchFile lists = new TorchFile().code(']', 'q', 0, '(');
    for (int i = 0; i < 2000; i++) {
      lists.text("k").number(i).code(0x86);
    }
    lists
        .code('e', '0')
        .name("collections", "OrderedDict")
        .code('q', 1, 'h', 0, 0x85, 'q', 2, '0', '0');
    for (int i = 0; i < 100_000; i++) {
      lists.code('h', 1, 'h', 2, 'R', '0');
    }
    assertThatThrownBy(() -> lists.code('}', '.').parse()).hasMessageContaining("of its few bytes");

    TorchFile names = new TorchFile().code('}', 'q', 0).text("n".repeat(10_000)).code('}', '(');
    for (int i = 0; i < 3000; i++) {
      names.text("k" + i).code(0x88);
    }
    assertThatThrownBy(() -> names.code('u', 's', '.').parse())
        .hasMessageContaining("of its few bytes");
  }

  @Test
  void entriesAreHeldToTheirChecksum() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] data = {0, 0, (byte) 0x80, 0x3f};
    try (var zip = new ZipOutputStream(bytes)) {
      entry(zip, "a/data.pkl", pickleOfOneTensor());
      entry(zip, "a/data/0", data);
    }
    byte[] file = bytes.toByteArray();
    assertThat(TorchCheckpoint.parse(MemorySegment.ofArray(file)).tensors().get("t").toArray())
        .containsExactly(1);
    int at =
        new String(file, StandardCharsets.ISO_8859_1).indexOf("a/data/0") + "a/data/0".length();
    file[at + 2] ^= 1;
    assertThatThrownBy(() -> TorchCheckpoint.parse(MemorySegment.ofArray(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "entry a/data/0: its content has CRC-32 \\w{8}, expected \\w{8}: it is damaged");
  }

  private static byte[] pickleOfOneTensor() {
    return new TorchFile()
        .code('}')
        .text("t")
        .tensor("FloatStorage", "0", 0, new long[] {1}, new long[] {1})
        .code('s', '.')
        .pickle();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws Exception {
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

  @Test
  void sizesThatLieAreRefusedBeforeAnythingIsAllocated() {
    long huge = 1L << 40;
    for (long[][] view :
        new long[][][] {
          {{huge}, {1}},
          {{huge}, {0}},
          {{1 << 20, 1 << 20}, {1 << 20, 1}},
          {{4}, {huge}},
          {{2}, {-1}}
        }) {
      TorchFile file =
          new TorchFile()
              .code('}')
              .text("t")
              .tensor("FloatStorage", "0", 0, view[0], view[1])
              .code('s', '.')
              .floats("0", 1, 2);
      assertThatThrownBy(file::parse)
          .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }
  }

  @Test
  void aDictionaryThatHoldsItselfIsRefused() {
    TorchFile file = new TorchFile().code('}', 'q', 0).text("self").code('h', 0, 's', '.');
    assertThatThrownBy(file::parse).hasMessageContaining("nested deeper");
  }

  @Test
  void saysWhatIsWrongWithOldAndOtherFiles() throws Exception {
    Path old = folder.resolve("old.pt");
    Files.write(old, new byte[] {(byte) 0x80, 2, (byte) 0x8a, 0x0a, 0x6c, 0});
    assertThatThrownBy(() -> ModelFiles.read(old))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("before PyTorch 1.6");
    Path compressed = folder.resolve("x.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(compressed))) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(new byte[100]);
    }
    assertThatThrownBy(() -> ModelFiles.read(compressed))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("stored as torch.save does");
  }

  @Test
  void damagedFilesGiveACheckpointExceptionAndNothingElse() throws Exception {
    Path file = folder.resolve("damaged.pt");
    for (boolean zip64 : new boolean[] {false, true}) {
      byte[] good = twoTensors().bytes(zip64);
      for (int length = 4; length < good.length; length += 3) {
        check(Arrays.copyOf(good, length));
      }
      SplittableRandom random = new SplittableRandom(5);
      for (int i = 0; i < 20_000; i++) {
        byte[] bytes = good.clone();
        int flips = random.nextInt(1, 5);
        for (int k = 0; k < flips; k++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        check(bytes);
      }
      Files.write(file, Arrays.copyOf(good, good.length / 2));
      assertThatThrownBy(() -> TorchCheckpoint.read(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("damaged.pt");
    }
  }

  private static void check(byte[] bytes) {
    try {
      TorchCheckpoint.parse(MemorySegment.ofArray(bytes));
    } catch (IllegalArgumentException | ArithmeticException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
