package org.trm4j;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;

/** What a model is warmed up with. */
final class WarmUp {
  private WarmUp() {}

  /** Returns a question [S] of open cells alone, or of the token 0 if there is no open cell. */
  static int[] question(ModelConfig config, @Nullable PuzzleDomain domain) {
    int[] tokens = new int[config.seqLen()];
    if (domain != null) {
      for (int token = 0; token < config.vocabSize(); token++) {
        if (domain.codec().blank(token)) {
          // The last one: those before it may stand for padding.
          Arrays.fill(tokens, token);
        }
      }
    }
    return tokens;
  }
}
