package org.trm4j.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Lets fuzz tests reach the parsers without a file for each input. */
public final class CheckpointParsers {
  private CheckpointParsers() {}

  public static void safetensors(byte[] bytes) {
    SafetensorsReader.parse(MemorySegment.ofArray(bytes));
  }

  public static void torch(byte[] bytes) {
    TorchCheckpoint.parse(MemorySegment.ofArray(bytes));
  }

  public static void description(byte[] bytes) {
    ModelDescriptionJson.read(new String(bytes, StandardCharsets.UTF_8));
  }

  public static byte[] description(ModelDescription description) {
    return ModelDescriptionJson.write(description).getBytes(StandardCharsets.UTF_8);
  }
}
