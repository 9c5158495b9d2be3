package org.trm4j.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.trm4j.Trm;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;

/**
 * 4x4 Sudokus, and a model for them that is untrained: answers and confidence differ by puzzle and
 * attempt.
 */
final class Puzzles {
  private Puzzles() {}

  private static org.trm4j.dataset.spi.Dataset generated(int count) {
    return Trm.standard()
        .generate(
            "sudoku",
            Map.of("size", "4", "train", "1", "test", Integer.toString(count), "seed", "3"));
  }

  /** Every 100th row cannot be read. */
  static List<String> texts(int count) {
    try (org.trm4j.dataset.spi.Dataset dataset = generated(count)) {
      ExampleSource source = dataset.split("test");
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < source.size(); i++) {
        String text = dataset.domain().codec().decode(source.get(i).tokens());
        texts.add(i % 100 == 57 ? "not a puzzle " + i : text);
      }
      return texts;
    }
  }

  static Dataset<Row> table(SparkSession spark, List<String> texts, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(RowFactory.create(i, texts.get(i)));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType, false)
            .add("puzzle", DataTypes.StringType, true);
    return spark.createDataFrame(rows, schema).repartition(partitions);
  }

  /** Puzzles with their solutions. */
  static Dataset<Row> solved(SparkSession spark, int count) {
    List<Row> rows = new ArrayList<>();
    try (org.trm4j.dataset.spi.Dataset dataset = generated(count)) {
      ExampleSource source = dataset.split("test");
      for (int i = 0; i < source.size(); i++) {
        rows.add(
            RowFactory.create(
                dataset.domain().codec().decode(source.get(i).tokens()),
                dataset.domain().codec().decode(source.get(i).labels())));
      }
    }
    return spark.createDataFrame(
        rows,
        new StructType().add("puzzle", DataTypes.StringType).add("solution", DataTypes.StringType));
  }

  static Path writeModel(Path folder) {
    return write(
        folder.resolve("model.safetensors"),
        Trm.standard().plugins().datasets().get("sudoku").domain(Map.of("size", "4")));
  }

  static Path writeArcModel(Path folder) {
    return write(
        folder.resolve("arc.safetensors"),
        Trm.standard().plugins().datasets().get("arc").domain(Map.of()));
  }

  private static Path write(Path file, PuzzleDomain domain) {
    ModelConfig config =
        ModelConfig.builder()
            .tokens(domain.seqLen(), domain.vocabSize())
            .hidden(32, 2)
            .puzzleEmbedding(0, 0, 1)
            .build();
    ModelDescription description =
        new ModelDescription(
            config, "trm", Map.of("T", 1, "n", 1, "layers", 1), domain.id(), domain.options());
    Map<String, Tensor> values =
        new LinkedHashMap<>(
            ParameterInitializer.initialize(description.plan().parameters(), 5).tensors());
    // The head starts at zero: all attempts would be equally sure.
    SplittableRandom random = new SplittableRandom(5);
    float[] head = new float[2 * config.hiddenSize()];
    for (int i = 0; i < head.length; i++) {
      head[i] = (float) random.nextGaussian();
    }
    values.put(ParameterLayout.Q_HEAD_WEIGHT, Tensor.of(Shape.of(2, config.hiddenSize()), head));
    SavedModel model = new SavedModel(description, new ParameterSet(values), Map.of());
    ModelFiles.write(file, model);
    return file;
  }
}
