package org.trm4j.it.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.CheckpointParsers;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.datasets.io.npy.NpyParser;
import org.trm4j.json.JsonReader;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/**
 * Parsers of bytes in memory: damaged input is read or refused, and never costs more memory than it
 * is long. How many inputs each property draws is the build's choice ({@code trm.fuzz.tries}).
 */
class ParserFuzzTest {
  private static final Set<Class<? extends RuntimeException>> REFUSALS =
      Set.of(CheckpointException.class, IllegalArgumentException.class, ArithmeticException.class);

  private static final byte[] SAFETENSORS = safetensors();
  private static final byte[] TORCH = read("src/test/resources/fuzz/two-tensors.pt");
  private static final byte[] NPY = npy();
  private static final byte[] DESCRIPTION =
      CheckpointParsers.description(
          new ModelDescription(
              ModelConfig.builder().hidden(8, 2).tokens(4, 3).build(),
              "trm",
              Map.of("T", 2, "n", 2),
              "sudoku",
              Map.of("size", "4")));

  @FuzzTest
  void safetensors(FuzzSeeds seeds) {
    seeds.forEach(seed ->
        Guarded.accepts(Damage.of(SAFETENSORS, seed), REFUSALS, CheckpointParsers::safetensors));
  }

  @FuzzTest
  void torchCheckpoints(FuzzSeeds seeds) {
    seeds.forEach(
        seed -> Guarded.accepts(Damage.of(TORCH, seed), REFUSALS, CheckpointParsers::torch));
  }

  @FuzzTest
  void npyArrays(FuzzSeeds seeds) {
    seeds.forEach(seed -> Guarded.accepts(Damage.of(NPY, seed), REFUSALS, NpyParser::array));
  }

  @FuzzTest
  void modelDescriptions(FuzzSeeds seeds) {
    seeds.forEach(seed ->
        Guarded.accepts(Damage.of(DESCRIPTION, seed), REFUSALS, CheckpointParsers::description));
  }

  @FuzzTest
  void json(FuzzSeeds seeds) {
    seeds.forEach(seed -> {
      String text = Noise.text(seed);
      Guarded.accepts(
          text.getBytes(StandardCharsets.UTF_8), REFUSALS, bytes -> JsonReader.parse(text));
    });
  }

  @FuzzTest
  void anyBytes(FuzzSeeds seeds) {
    seeds.forEach(seed -> {
      byte[] bytes = Noise.bytes(seed);
      Guarded.accepts(bytes, REFUSALS, CheckpointParsers::safetensors);
      Guarded.accepts(bytes, REFUSALS, CheckpointParsers::torch);
      Guarded.accepts(bytes, REFUSALS, NpyParser::array);
    });
  }

  @Test
  void goodInputIsAccepted() {
    assertThat(Guarded.accepts(SAFETENSORS, REFUSALS, CheckpointParsers::safetensors)).isTrue();
    assertThat(Guarded.accepts(TORCH, REFUSALS, CheckpointParsers::torch)).isTrue();
    assertThat(Guarded.accepts(NPY, REFUSALS, NpyParser::array)).isTrue();
    assertThat(Guarded.accepts(DESCRIPTION, REFUSALS, CheckpointParsers::description)).isTrue();
  }

  private static byte[] safetensors() {
    try {
      Path file = Files.createTempFile("fuzz", ".safetensors");
      SafetensorsWriter.write(
          file,
          new Checkpoint(
              new ParameterSet(
                  Map.of(
                      "a", Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6),
                      "b", Tensor.of(Shape.of(4), 1, 2, 3, 4))),
              Map.of("k", "v")));
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] npy() {
    String header = "{'descr': '<i8', 'fortran_order': False, 'shape': (3, 4), }";
    byte[] bytes = new byte[10 + header.length() + 96];
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0};
    System.arraycopy(magic, 0, bytes, 0, 10);
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, bytes, 10, header.length());
    return bytes;
  }

  private static byte[] read(String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
