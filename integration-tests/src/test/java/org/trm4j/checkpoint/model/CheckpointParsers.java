package org.trm4j.checkpoint.model;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.checkpoint.torch.TorchCheckpoint;

/** Lets fuzz tests reach the parsers without a file for each input. */
public final class CheckpointParsers {
  private CheckpointParsers() {}

  public static void safetensors(byte[] bytes) {
    refusing(() -> SafetensorsReader.parse(MemorySegment.ofArray(bytes)));
  }

  public static void torch(byte[] bytes) {
    refusing(() -> TorchCheckpoint.parse(MemorySegment.ofArray(bytes)));
  }

  public static void description(byte[] bytes) {
    refusing(() -> ModelDescriptionJson.read(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** As the readers of files do: the text of a damaged file is cleaned in one place. */
  private static void refusing(Runnable parser) {
    try {
      parser.run();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CheckpointException("bytes: " + e.getMessage(), e);
    }
  }

  public static byte[] description(ModelDescription description) {
    return ModelDescriptionJson.write(description).getBytes(StandardCharsets.UTF_8);
  }
}
