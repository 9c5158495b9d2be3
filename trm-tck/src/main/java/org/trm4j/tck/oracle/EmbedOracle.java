package org.trm4j.tck.oracle;

import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Embed;

/** {@link Embed} and its gradient. */
final class EmbedOracle {
  private EmbedOracle() {}

  static void forward(Embed op, Workspace w) {
    int length = op.output().shape().dim(0);
    int d = op.output().shape().dim(1);
    int prefix = length - w.tokens().length;
    double[] table = w.parameter(op.tokenTable());
    double[] x = new double[length * d];
    for (int p = 0; p < length; p++) {
      for (int c = 0; c < d; c++) {
        double e = p < prefix ? 0 : table[w.tokens()[p - prefix] * d + c];
        if (p < prefix && p * d + c < width(op.puzzleTable())) {
          e = w.puzzleRow()[p * d + c];
        }
        double position =
            op.positionTable() == null ? 0 : w.parameter(op.positionTable())[p * d + c];
        x[p * d + c] = op.scale() * (e + position);
      }
    }
    w.write(op.output(), x);
  }

  static void backward(Embed.Backward op, Workspace w) {
    int length = op.outputGradient().shape().dim(0);
    int d = op.outputGradient().shape().dim(1);
    int prefix = length - w.tokens().length;
    double[] dx = w.read(op.outputGradient());
    for (int p = 0; p < length; p++) {
      for (int c = 0; c < d; c++) {
        double g = op.scale() * dx[p * d + c];
        if (p >= prefix) {
          w.gradient(op.tokenTable())[w.tokens()[p - prefix] * d + c] += g;
        } else if (p * d + c < width(op.puzzleTable())) {
          w.puzzleGradient()[p * d + c] += g;
        }
        if (op.positionTable() != null) {
          w.gradient(op.positionTable())[p * d + c] += g;
        }
      }
    }
  }

  private static int width(@Nullable ParameterSpec puzzleTable) {
    return puzzleTable == null ? 0 : puzzleTable.shape().dim(1);
  }
}
