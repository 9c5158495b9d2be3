package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;

/** A model is read from wherever it lies, and is afterwards its own. */
class ModelSourceTest {
  private static final SolveOptions OPTIONS =
      SolveOptions.DEFAULT.withMaxSteps(3).withHalting(progress -> false);

  @TempDir Path folder;

  /** A model whose puzzle embedding table is larger than what a backend copies. */
  private static SavedModel manyPuzzles() {
    int identifiers = 70_000;
    ModelConfig config =
        ModelConfig.builder()
            .hidden(64, 2)
            .tokens(4, 5)
            .puzzleEmbedding(64, 1, identifiers)
            .build();
    ModelDescription description =
        new ModelDescription(config, "trm", Map.of("T", 1, "n", 1, "layers", 1), "", Map.of());
    Map<String, Tensor> tensors =
        new LinkedHashMap<>(
            ParameterInitializer.initialize(description.plan().parameters(), 5).tensors());
    float[] table = new float[identifiers * 64];
    for (int i = 0; i < table.length; i++) {
      table[i] = (i % 1009 - 504) / 100f;
    }
    tensors.put(ParameterLayout.PUZZLE_EMBEDDING, Tensor.of(Shape.of(identifiers, 64), table));
    float[] head = new float[2 * 64];
    for (int i = 0; i < head.length; i++) {
      head[i] = (i % 7 - 3) / 10f;
    }
    tensors.put(ParameterLayout.Q_HEAD_WEIGHT, Tensor.of(Shape.of(2, 64), head));
    return new SavedModel(description, new ParameterSet(tensors), Map.of());
  }

  private static Answer answer(TrmModel model, int identifier) {
    return model.solve(new Puzzle(new int[] {1, 2, 3, 4}, identifier), OPTIONS);
  }

  @Test
  void anOpenModelIsNotWhatBecomesOfItsFile() throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.write(file, manyPuzzles());
    try (TrmModel model = TrmModel.open(file)) {
      Answer first = answer(model, 3);
      Answer far = answer(model, 69_999);
      assertThat(far.haltLogit()).isNotEqualTo(first.haltLogit());
      try (RandomAccessFile inPlace = new RandomAccessFile(file.toFile(), "rw")) {
        byte[] other = new byte[1 << 16];
        for (long at = 4096; at + other.length < inPlace.length(); at += other.length) {
          inPlace.seek(at);
          inPlace.write(other);
        }
      }
      assertThat(answer(model, 3)).isEqualTo(first);
      assertThat(answer(model, 69_999)).isEqualTo(far);
      try (RandomAccessFile truncated = new RandomAccessFile(file.toFile(), "rw")) {
        truncated.setLength(10);
      }
      assertThat(answer(model, 3)).isEqualTo(first);
      assertThat(answer(model, 69_999)).isEqualTo(far);
      // Nothing holds it open or mapped, which Windows would not let go.
      Files.delete(file);
      assertThat(answer(model, 3)).isEqualTo(first);
    }
  }

  @Test
  void aModelOpensFromAJarAndFromAStream() throws IOException {
    Path file = folder.resolve("model.safetensors");
    ModelFiles.write(file, Models.sudoku());
    Answer expected;
    try (TrmModel model = TrmModel.open(file)) {
      expected = model.solve(Models.PUZZLE);
    }
    Path jar = folder.resolve("app.jar");
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Files.createDirectory(zip.getPath("/models"));
      Files.copy(file, zip.getPath("/models/model.safetensors"));
    }
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      TrmModel model = TrmModel.open(zip.getPath("/models/model.safetensors"));
      assertThat(model.solve(Models.PUZZLE)).isEqualTo(expected);
      model.close();
      // A folder stands for its model there too.
      try (TrmModel inFolder = TrmModel.open(zip.getPath("/models"))) {
        assertThat(inFolder.solve(Models.PUZZLE)).isEqualTo(expected);
      }
      assertThatThrownBy(() -> TrmModel.open(zip.getPath("/models/none.safetensors")))
          .isInstanceOf(CheckpointException.class)
          .hasMessage("/models/none.safetensors: no such file");
    }
    try (InputStream in = Files.newInputStream(file);
        TrmModel model = TrmModel.open(in, "a stream")) {
      assertThat(model.solve(Models.PUZZLE)).isEqualTo(expected);
    }
    assertThatThrownBy(() -> TrmModel.open(new ByteArrayInputStream(new byte[3]), "a stream"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("a stream: not a valid safetensors file");
  }
}
