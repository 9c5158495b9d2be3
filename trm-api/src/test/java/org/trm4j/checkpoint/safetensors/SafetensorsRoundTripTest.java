package org.trm4j.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

class SafetensorsRoundTripTest {
  @TempDir Path folder;

  @Test
  void tensorsComeBackBitForBitWhateverTheirSize() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    // Below, at and above the writer's chunk of 1 MiB, and none at all.
    for (int size : new int[] {0, 1, 7, 1 << 18, (1 << 18) + 1}) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = Float.intBitsToFloat(0x3f800001 + i * 31);
      }
      tensors.put("t" + size, Tensor.of(Shape.of(size), values));
    }
    tensors.put(
        "odd", Tensor.of(Shape.of(2, 2), Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY));
    Path file = folder.resolve("t.safetensors");
    SafetensorsWriter.write(file, new Checkpoint(new ParameterSet(tensors), Map.of("k", "ä\"")));
    Checkpoint found = SafetensorsReader.read(file);
    assertThat(found.metadata()).isEqualTo(Map.of("k", "ä\""));
    assertThat(found.tensors().tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach((name, tensor) -> {
      assertThat(found.tensors().get(name).shape()).isEqualTo(tensor.shape());
      float[] read = found.tensors().get(name).toArray();
      for (int i = 0; i < read.length; i++) {
        assertThat(Float.floatToRawIntBits(read[i]))
            .isEqualTo(Float.floatToRawIntBits(tensor.get(i)));
      }
    });
    assertThat(Files.exists(folder.resolve("t.safetensors.part"))).isFalse();
  }

  /** Its name in the header would be that of the metadata. */
  @Test
  void aTensorWithTheNameOfTheMetadataIsRefusedAndNothingIsWritten() {
    Path file = folder.resolve("m.safetensors");
    Checkpoint checkpoint =
        new Checkpoint(
            new ParameterSet(Map.of("__metadata__", Tensor.of(Shape.of(1), 1))), Map.of());
    assertThatThrownBy(() -> SafetensorsWriter.write(file, checkpoint))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "%s: a tensor is called __metadata__, which safetensors keeps for itself", file);
    assertThat(file).doesNotExist();
  }
}
