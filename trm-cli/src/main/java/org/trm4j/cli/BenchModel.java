package org.trm4j.cli;

import java.util.Arrays;
import java.util.Locale;
import org.trm4j.model.MixerKind;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.PositionEncoding;
import picocli.CommandLine;

/** The published models, by size. */
enum BenchModel {
  SUDOKU_MLP(81, 11, MixerKind.TOKEN_MLP, PositionEncoding.NONE, 6),
  SUDOKU_ATT(81, 11, MixerKind.ATTENTION, PositionEncoding.ROTARY, 6),
  MAZE_ATT(900, 6, MixerKind.ATTENTION, PositionEncoding.ROTARY, 4),
  ARC_ATT(900, 12, MixerKind.ATTENTION, PositionEncoding.ROTARY, 4);

  private final ModelConfig config;
  private final int latentUpdates;

  BenchModel(
      int seqLen, int vocabSize, MixerKind mixer, PositionEncoding positions, int latentUpdates) {
    this.config =
        ModelConfig.builder()
            .tokens(seqLen, vocabSize)
            .mixer(mixer, positions)
            .puzzleEmbedding(512, 16, 1)
            .build();
    this.latentUpdates = latentUpdates;
  }

  ModelConfig config() {
    return config;
  }

  int latentUpdates() {
    return latentUpdates;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@code sudoku-mlp}. */
  static final class Converter implements CommandLine.ITypeConverter<BenchModel> {
    Converter() {}

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
