package org.trm4j.datasets.arc;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.operation.Loss;

/**
 * Moves question and answer together to another place of the 30x30. (Colours and symmetries make
 * another puzzle identifier, so they are part of a data set and not of this.)
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class ArcTranslation implements Augmentation {
  public ArcTranslation() {}

  @Override
  public Example augment(Example example, RandomGenerator random) {
    int inputAt = ArcTokens.origin(example.tokens());
    int outputAt = ArcTokens.origin(example.labels());
    if (inputAt < 0 || outputAt < 0) {
      return example;
    }
    ArcGrid input = ArcTokens.at(example.tokens(), inputAt);
    ArcGrid output = ArcTokens.at(example.labels(), outputAt);
    int row = random.nextInt(ArcGrid.LARGEST - Math.max(input.rows(), output.rows()) + 1);
    int column = random.nextInt(ArcGrid.LARGEST - Math.max(input.columns(), output.columns()) + 1);
    return example(input, output, row, column, example.puzzleIdentifier());
  }

  /** Returns an example; labels that pad do not count, as published. */
  public static Example example(
      ArcGrid input, ArcGrid output, int row, int column, int identifier) {
    int[] labels = ArcTokens.encode(output, row, column);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] == ArcTokens.PAD ? Loss.IGNORED : labels[i];
    }
    return new Example(ArcTokens.encode(input, row, column), labels, identifier);
  }
}
