package org.trm4j.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/** What is wrong with a file is said in one line that names the file and the tensor. */
class SafetensorsRefusalTest {
  @TempDir private Path folder;

  private Path file(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return file(text.length, text, dataBytes);
  }

  private Path file(long headerSize, byte[] header, int dataBytes) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(headerSize).put(header);
    return Files.write(folder.resolve("m.safetensors"), bytes.array());
  }

  private void refused(Path file, String message) {
    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("%s: not a valid safetensors file: %s", file, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "F32 | [2, 3] | [0, 20] | F32 [2, 3] needs 24 bytes, found 20",
        "F32 | [2, 3] | [16, 40] | ends at byte 40 of the data, the file has 24: it is truncated",
        "F32 | [2, 3] | [8, 0] | data_offsets [8, 0], expected [begin, end]",
        "F32 | [2, 3] | [-4, 20] | data_offsets [-4, 20], expected [begin, end]",
        "F32 | [2, 3] | [0] | data_offsets [0], expected [begin, end]",
        "F32 | [2.5] | [0, 24] | shape is [2.5], expected whole numbers",
        "F32 | 6 | [0, 24] | shape is 6, expected whole numbers",
      })
  void refusesTensorsThatDoNotFit(String dtype, String shape, String offsets, String message)
      throws IOException {
    String header =
        "{\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(dtype, shape, offsets);
    refused(file(header, 24), "tensor w: " + message);
  }

  @Test
  void refusesUnknownElementTypes() throws IOException {
    Path file = file("{\"w\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1);
    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .hasMessageContaining("tensor w: dtype F8, expected one of [");
  }

  @Test
  void refusesHeadersThatLie() throws IOException {
    byte[] header = "{}".getBytes(StandardCharsets.UTF_8);
    for (long size : new long[] {-1, 0, 3, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
      refused(file(size, header, 0), "header of %s bytes, expected 2..2".formatted(size));
    }
    refused(file("{}", 0).resolveSibling(write(new byte[7])), "7 bytes, expected at least 8");
    refused(file("{\"w\":1}", 0), "entry w: expected an object");
    refused(file("[]", 0), "header begins with byte 0x5b, expected '{'");
  }

  /** What the specification asks of the file as a whole. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[0, 4] | [0, 4] | 4 | tensor b: begins at byte 0 of the data, expected 4: tensors overlap",
        "[0, 4] | [2, 6] | 6 | tensor b: begins at byte 2 of the data, expected 4: tensors overlap",
        "[0, 4] | [8, 12] | 12 | tensor b: begins at byte 8 of the data, expected 4: tensors have a hole between them",
        "[4, 8] | [8, 12] | 12 | tensor a: begins at byte 4 of the data, expected 0: tensors have a hole between them",
        "[0, 4] | [4, 8] | 11 | 3 bytes after the last tensor, expected none"
      })
  void refusesOverlapsHolesAndTrailingBytes(String a, String b, int data, String message)
      throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":%s},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":%s}}"
            .formatted(a, b);
    refused(file(header, data), message);
  }

  @Test
  void readsTensorsInAnyOrderAndEmptyOnes() throws IOException {
    Checkpoint read =
        SafetensorsReader.read(
            file(
                "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]},\"n\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                8));
    assertThat(read.tensors().tensors()).containsOnlyKeys("a", "n", "b");
    assertThat(read.types()).isEqualTo(Map.of("a", "BF16", "n", "F32", "b", "F32"));
  }

  @Test
  void refusesWhatIsNotTextWhereTextBelongs() throws IOException {
    refused(file("{\"__metadata__\":{\"k\":1}}", 0), "metadata k: 1, expected text");
    byte[] header = "{\"__metadata__\":{\"k\":\"x\"}}".getBytes(StandardCharsets.UTF_8);
    header[header.length - 4] = (byte) 0xC3;
    refused(file(header.length, header, 0), "header: not valid UTF-8");
  }

  @Test
  void refusesNamesWithoutEndAndTensorsOfTooManyDimensions() throws IOException {
    String name = "n".repeat(5000);
    assertThatThrownBy(() ->
            SafetensorsReader.read(
                file(
                    "{\"%s\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"
                        .formatted(name),
                    0)))
        .hasMessageEndingWith("...: a name of 5000 characters, expected at most 4096");
    String shape = "1,".repeat(65) + "1";
    assertThatThrownBy(() ->
            SafetensorsReader.read(
                file(
                    "{\"t\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[0,4]}}"
                        .formatted(shape),
                    4)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tensor t: shape is");
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("short.safetensors"), bytes);
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    Path whole = folder.resolve("whole.safetensors");
    SafetensorsWriter.write(
        whole,
        new Checkpoint(
            new ParameterSet(Map.of("w", Tensor.of(Shape.of(3), 1, 2, 3))), Map.of("k", "v")));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.safetensors");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(cut, java.util.Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> SafetensorsReader.read(cut))
          .as("%s of %s bytes", length, bytes.length)
          .isInstanceOf(CheckpointException.class)
          .message()
          .startsWith(cut + ": not a valid safetensors file: ")
          .doesNotContain("\n");
    }
    assertThat(SafetensorsReader.read(whole).tensors().get("w").toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void refusesAFileThatIsMissingOrHasNoDescription() throws IOException {
    Path gone = folder.resolve("gone.safetensors");
    assertThatThrownBy(() -> ModelFiles.read(gone)).hasMessage(gone + ": no such file");
    Path bare = file("{}", 0);
    assertThatThrownBy(() -> ModelFiles.read(bare))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(bare + ": has no description of its model (metadata key trm4j); give one");
  }
}
