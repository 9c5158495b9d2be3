package org.trm4j.backend.cpu.operation;

import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.kernel.Rotary;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.model.ParameterSpec;

/**
 * Computes queries, keys and values of one head from the sublayer's input, for the forward and the
 * backward pass of attention.
 */
final class HeadProjection {
  private final Kernels kernels;
  private final Panels[][] weights;
  private final Rotary rotary;
  final int length;
  final int width;
  final int headSize;

  /** The head size rounded up to whole panels: the row stride of q and k. */
  final int padded;

  HeadProjection(StepContext context, ParameterSpec qkv, int length, int heads, double rotaryBase) {
    this.kernels = context.kernels();
    this.length = length;
    this.width = qkv.shape().dim(1);
    this.headSize = width / heads;
    this.padded = Blocks.roundUp(headSize, kernels.panel());
    this.rotary = new Rotary(length, headSize, rotaryBase);
    this.weights = new Panels[3][heads];
    for (int part = 0; part < 3; part++) {
      for (int head = 0; head < heads; head++) {
        weights[part][head] =
            context.weights().byOutput(qkv, part * width + head * headSize, headSize);
      }
    }
  }

  /** Returns the number of floats that {@link #input} may write. */
  int inputFloats() {
    return kernels.leftFloats(length, width);
  }

  /** Returns the sublayer's input, ready for the projections of all heads. */
  Left input(float[] in, int in0, float[] scratch, int at) {
    return kernels.left(in, in0, width, 1, length, width, scratch, at);
  }

  /** Projects to rows [L][padded]. */
  void rows(int part, int head, Left in, float[] out, int out0, boolean rotate) {
    Panels w = weights[part][head];
    int panel = kernels.panel();
    for (int p = 0; p < w.count(); p++) {
      Blocks.multiply(
          kernels, in, 0, width, w.data, w.offset(p, 0), out, out0 + p * panel, padded, false);
    }
    if (rotate) {
      rotary.rotate(out, out0, length, padded);
    }
  }

  void rotateBack(float[] x, int x0, int stride) {
    rotary.rotateBack(x, x0, length, stride);
  }
}
