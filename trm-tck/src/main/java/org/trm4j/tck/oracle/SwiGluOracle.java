package org.trm4j.tck.oracle;

import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TokenSwiGlu;

/** {@link SwiGlu}, {@link TokenSwiGlu} and their gradients. */
final class SwiGluOracle {
  private SwiGluOracle() {}

  static void forward(SwiGlu op, Workspace w) {
    int rows = op.input().shape().dim(0);
    int width = op.input().shape().dim(1);
    double[] h = w.read(op.input());
    double[] u =
        residual(w.products(), h, rows, width, w.parameter(op.gateUp()), w.parameter(op.down()));
    double[] r = PostNorm.inverseRms(u, rows, width, op.epsilon());
    w.write(op.output(), PostNorm.scale(u, r, width));
    if (op.inverseRms() != null) {
      w.writeExactly(op.inverseRms(), r);
    }
  }

  static void forward(TokenSwiGlu op, Workspace w) {
    int length = op.input().shape().dim(0);
    int channels = op.input().shape().dim(1);
    double[] h = Matrices.transpose(w.read(op.input()), length, channels);
    double[] u =
        residual(
            w.products(), h, channels, length, w.parameter(op.gateUp()), w.parameter(op.down()));
    double[] r = PostNorm.inverseRms(u, channels, length, op.epsilon());
    w.write(op.output(), Matrices.transpose(PostNorm.scale(u, r, length), channels, length));
    if (op.inverseRms() != null) {
      w.writeExactly(op.inverseRms(), r);
    }
  }

  static void backward(SwiGlu.Backward op, Workspace w) {
    int width = op.input().shape().dim(1);
    double[] du =
        w.products()
            .kept(
                PostNorm.backward(
                    w.read(op.output()),
                    w.read(op.inverseRms()),
                    w.read(op.outputGradient()),
                    width));
    w.write(
        op.inputGradient(),
        residualBackward(
            w.products(),
            w.read(op.input()),
            du,
            op.input().shape().dim(0),
            width,
            w.parameter(op.gateUp()),
            w.gradient(op.gateUp()),
            w.parameter(op.down()),
            w.gradient(op.down())));
  }

  static void backward(TokenSwiGlu.Backward op, Workspace w) {
    int length = op.input().shape().dim(0);
    int channels = op.input().shape().dim(1);
    double[] du =
        w.products()
            .kept(
                PostNorm.backward(
                    Matrices.transpose(w.read(op.output()), length, channels),
                    w.read(op.inverseRms()),
                    Matrices.transpose(w.read(op.outputGradient()), length, channels),
                    length));
    double[] dh =
        residualBackward(
            w.products(),
            Matrices.transpose(w.read(op.input()), length, channels),
            du,
            channels,
            length,
            w.parameter(op.gateUp()),
            w.gradient(op.gateUp()),
            w.parameter(op.down()),
            w.gradient(op.down()));
    w.write(op.inputGradient(), Matrices.transpose(dh, channels, length));
  }

  /** Returns {@code h + W_down (silu(gate) * up)}, [rows, width]. */
  private static double[] residual(
      Rounding to, double[] h, int rows, int width, double[] gateUp, double[] down) {
    int inner = down.length / width;
    double[] both = Matrices.linear(to, h, rows, width, gateUp, 2 * inner);
    double[] u = Matrices.linear(to, product(to, both, rows, inner), rows, inner, down, width);
    for (int i = 0; i < u.length; i++) {
      u[i] = to.kept(u[i] + h[i]);
    }
    return u;
  }

  /** Returns silu(gate) * up, [rows, inner], of [gate; up] in each row. */
  private static double[] product(Rounding to, double[] both, int rows, int inner) {
    double[] product = new double[rows * inner];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < inner; i++) {
        double gate = both[r * 2 * inner + i];
        double silu = to.kept(gate * Scalars.sigmoid(gate));
        product[r * inner + i] = to.kept(silu * both[r * 2 * inner + inner + i]);
      }
    }
    return product;
  }

  private static double[] residualBackward(
      Rounding to,
      double[] h,
      double[] du,
      int rows,
      int width,
      double[] gateUp,
      double[] dGateUp,
      double[] down,
      double[] dDown) {
    int inner = down.length / width;
    double[] both = Matrices.linear(to, h, rows, width, gateUp, 2 * inner);
    double[] dProduct =
        Matrices.linearBackward(
            to, du, product(to, both, rows, inner), rows, inner, down, dDown, width);
    double[] dBoth = new double[both.length];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < inner; i++) {
        int at = r * 2 * inner + i;
        double gate = both[at];
        double sigmoid = Scalars.sigmoid(gate);
        double d = dProduct[r * inner + i];
        dBoth[at] = d * both[at + inner] * (sigmoid + gate * sigmoid * (1 - sigmoid));
        dBoth[at + inner] = d * gate * sigmoid;
      }
    }
    double[] dh = Matrices.linearBackward(to, dBoth, h, rows, width, gateUp, dGateUp, 2 * inner);
    for (int i = 0; i < dh.length; i++) {
      dh[i] = to.kept(dh[i] + du[i]);
    }
    return dh;
  }
}
