package org.trm4j.cli.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import picocli.CommandLine;

/** The published models by size, and two of the size that people train on a laptop. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public enum BenchModel {
  /** Sudoku, token MLP, hidden size 512. */
  SUDOKU_MLP(published(81, 11, ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE), 3, 6),
  /** Sudoku, attention, hidden size 512. */
  SUDOKU_ATT(published(81, 11, ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY), 3, 6),
  /** Mazes of 30 x 30, hidden size 512. */
  MAZE_ATT(published(900, 6, ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY), 3, 4),
  /** ARC-AGI grids, hidden size 512. */
  ARC_ATT(published(900, 12, ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY), 3, 4),
  /** Sudoku, token MLP, hidden size 128. */
  SMALL_MLP(small(81, 11, ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE), 2, 2),
  /** Mazes of 15 x 15, attention, hidden size 128. */
  SMALL_ATT(small(225, 6, ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY), 2, 2),
  /** Mazes of 15 x 15, convolution, hidden size 128. */
  SMALL_CONV(small(225, 6, ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE), 2, 2);

  private final ModelConfig config;
  private final int cycles;
  private final int latentUpdates;

  BenchModel(ModelConfig config, int cycles, int latentUpdates) {
    this.config = config;
    this.cycles = cycles;
    this.latentUpdates = latentUpdates;
  }

  private static ModelConfig published(
      int seqLen, int vocabSize, ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    return ModelConfig.builder()
        .tokens(seqLen, vocabSize)
        .mixer(mixer, positions)
        .puzzleEmbedding(512, 16, 1)
        .build();
  }

  private static ModelConfig small(
      int seqLen, int vocabSize, ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    return ModelConfig.builder()
        .tokens(seqLen, vocabSize)
        .hidden(128, 4)
        .mixer(mixer, positions)
        .grid(mixer == ModelConfig.Mixer.CONVOLUTION ? 15 : 0, 3)
        .puzzleEmbedding(0, 0, 1)
        .build();
  }

  /** Returns the model's sizes. */
  public ModelConfig config() {
    return config;
  }

  /** Returns the published recursion of this size: T cycles of n latent updates. */
  public RecursionProgram program() {
    return Trm.standard().program("trm", Map.of("T", cycles, "n", latentUpdates));
  }

  /** Returns the name on the command line, such as {@code sudoku-mlp}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@code sudoku-mlp}. */
  public static final class Converter implements CommandLine.ITypeConverter<BenchModel> {
    /** Called by the command line. */
    public Converter() {}

    @Override
    public BenchModel convert(String text) {
      return Arrays.stream(values())
          .filter(model -> model.id().equals(text) || model.name().equals(text))
          .findFirst()
          .orElseThrow(() ->
              new CommandLine.TypeConversionException(
                  "%s is not one of %s"
                      .formatted(text, Arrays.stream(values()).map(BenchModel::id).toList())));
    }
  }
}
