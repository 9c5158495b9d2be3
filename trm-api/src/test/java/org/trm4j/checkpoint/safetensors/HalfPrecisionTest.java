package org.trm4j.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.ElementType;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/** Tensors of 16 bits are written rounded to the nearest and read as they were written. */
class HalfPrecisionTest {
  @TempDir private Path folder;

  private float[] written(ElementType type, float... values) {
    Path file = folder.resolve(type + ".safetensors");
    SafetensorsWriter.write(file, checkpoint(values), type);
    return SafetensorsReader.read(file).tensors().get("t").toArray();
  }

  private static Checkpoint checkpoint(float... values) {
    Tensor tensor = Tensor.of(Shape.of(values.length), values);
    return new Checkpoint(new ParameterSet(Map.of("t", tensor)), Map.of("k", "v"));
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void everyValueOfTheTypeComesBackBitForBit(ElementType type) {
    float[] all = new float[1 << 16];
    for (int bits = 0; bits < all.length; bits++) {
      all[bits] =
          type == ElementType.F16
              ? Float.float16ToFloat((short) bits)
              : Float.intBitsToFloat(bits << 16);
    }
    float[] read = written(type, all);
    for (int i = 0; i < all.length; i++) {
      if (Float.isNaN(all[i])) {
        assertThat(read[i]).isNaN();
      } else {
        assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(all[i]));
      }
    }
  }

  /** No neighbour in the type is nearer, judged exactly; a tie goes to the even one. */
  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void otherValuesAreRoundedToTheNearest(ElementType type) {
    SplittableRandom random = new SplittableRandom(3);
    // More than the writer's chunk holds.
    float[] values = new float[600_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(-26, 12)));
    }
    values[0] = 1 + 0x1p-11f;
    values[1] = 1 + 3 * 0x1p-11f;
    values[2] = 1 + 0x1p-8f;
    values[3] = 1 + 3 * 0x1p-8f;
    float[] read = written(type, values);
    int shift = type == ElementType.F16 ? 13 : 16;
    for (int i = 0; i < values.length; i += i < 4 ? 1 : 997) {
      BigDecimal value = new BigDecimal(values[i]);
      BigDecimal error = value.subtract(new BigDecimal(read[i])).abs();
      float step =
          type == ElementType.F16
              ? Math.max(Math.ulp(read[i]) * (1 << shift), 0x1p-24f)
              : Math.ulp(read[i]) * (1 << shift);
      for (float other : new float[] {read[i] - step, read[i] + step}) {
        int nearer = value.subtract(new BigDecimal(other)).abs().compareTo(error);
        assertThat(nearer).as("%s as %s", values[i], read[i]).isNotNegative();
        if (nearer == 0 && Math.abs(read[i]) > 0x1p-14f) {
          assertThat(Float.floatToRawIntBits(read[i]) >> shift & 1).as("tie").isZero();
        }
      }
    }
  }

  @Test
  void halfIsHalfTheSizeAndDamageIsNoticed() throws IOException {
    Path file = folder.resolve("F16.safetensors");
    written(ElementType.F16, new float[1000]);
    byte[] content = Files.readAllBytes(file);
    assertThat(content.length).isBetween(2000, 2300);
    content[content.length - 500] ^= 1;
    Files.write(file, content);
    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void aValueThatTheTypeCannotHoldIsRefusedByItsPlace() {
    Path file = folder.resolve("f");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, checkpoint(1, 65520), ElementType.F16))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tensor t: element 1 is 65520.0, expected at most 65504");
    assertThatThrownBy(
            () -> SafetensorsWriter.write(file, checkpoint(Float.MAX_VALUE), ElementType.BF16))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("element 0 is 3.4028235E38");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStreamIsReadLikeAFile() throws IOException {
    Path file = folder.resolve("F32.safetensors");
    written(ElementType.F32, 1, 2, 3);
    byte[] content = Files.readAllBytes(file);
    Checkpoint read = SafetensorsReader.read(new ByteArrayInputStream(content), "jar entry");
    assertThat(read.tensors().get("t").toArray()).containsExactly(1, 2, 3);
    assertThat(read.metadata()).isEqualTo(Map.of("k", "v"));
    assertThatThrownBy(
            () -> SafetensorsReader.read(new ByteArrayInputStream(content, 0, 20), "jar entry"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("jar entry: not a valid safetensors file");
  }
}
