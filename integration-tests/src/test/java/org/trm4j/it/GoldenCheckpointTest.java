package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.exchange.CheckpointExport;
import org.trm4j.exchange.CheckpointImport;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;

/** Checkpoints that the published code saved go in and come out as they were. */
class GoldenCheckpointTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"trm-mlp, 3, 4, trm", "trm-att-rope, 3, 4, trm", "hrm, 2, 2, hrm"})
  void comesOutByteForByte(String name, String cycles, String updates, String policy)
      throws IOException {
    Map<String, String> given =
        new TreeMap<>(Map.of("T", cycles, "n", updates, "policy", policy, "seqLen", "16"));
    given.put("domain", "none");
    given.put("heads", "4");
    given.put("positions", "rotary");
    given.put("puzzleEmbLen", policy.equals("hrm") ? "1" : "2");
    Path published = GOLDEN.resolve(name + ".pt");
    Path run = folder.resolve("run");
    CheckpointImport.read(published, given).write(run);
    Path own = folder.resolve(name + ".pt");
    CheckpointExport.torch(ModelFiles.read(run), own, CheckpointExport.PUBLISHED_PREFIX, "");
    Map<String, byte[]> expected = entries(published);
    Map<String, byte[]> found = entries(own);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((entry, bytes) -> assertThat(found.get(entry)).as(entry).isEqualTo(bytes));
    ParameterSet golden = SafetensorsReader.read(GOLDEN.resolve(name + ".safetensors")).tensors();
    ParameterSet imported = ModelFiles.read(run).parameters();
    for (String parameter : new String[] {"lm_head.weight", "puzzle_emb.weights"}) {
      Tensor values = golden.get("weights.inner." + parameter);
      assertThat(imported.get(parameter).toArray()).isEqualTo(values.toArray());
    }
  }

  /** All but the serialization id, which is a digest that only PyTorch reads. */
  private static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (!entry.getName().endsWith("serialization_id")) {
          try (InputStream in = zip.getInputStream(entry)) {
            entries.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return entries;
  }
}
