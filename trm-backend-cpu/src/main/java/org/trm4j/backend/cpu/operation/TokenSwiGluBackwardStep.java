package org.trm4j.backend.cpu.operation;

import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Packed;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.TokenSwiGluBackward;

/**
 * Runs {@link TokenSwiGluBackward}, a panel of channels at a time, as {@link TokenSwiGluStep} does;
 * gate and up are what that kept, and become their gradients.
 */
final class TokenSwiGluBackwardStep implements Step.WithWeights {
  private static final int CHUNK = TokenSwiGluStep.CHUNK;

  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final float[] gateUpTransposed;
  private final float[] downTransposed;
  private final WeightGradient gateUpGradient;
  private final WeightGradient downGradient;
  private final int length;
  private final int width;
  private final int inner;
  private final int stride;
  private final int kept;

  TokenSwiGluBackwardStep(TokenSwiGluBackward operation, StepContext context) {
    Weights weights = context.weights();
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    gateUpTransposed = weights.transposed(operation.gateUp()).data;
    downTransposed = weights.transposed(operation.down()).data;
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    // Rows a power of two apart would fall into the same cache sets.
    stride = context.wave() * width + 16;
    kept = context.kept().offset(operation.output());
    gateUpGradient =
        new WeightGradient(kernels, weights.offset(operation.gateUp()), 2 * inner, length);
    downGradient = new WeightGradient(kernels, weights.offset(operation.down()), length, inner);
  }

  @Override
  public Wave.Need need() {
    return new Wave.Need(
        gateUpGradient.left(stride),
        gateUpGradient.right(stride),
        downGradient.left(stride),
        downGradient.right(stride));
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int panel = kernels.panel();
    int panels = Math.ceilDiv(width, panel);
    float[] scratch = worker.scratch(4 * length * panel + CHUNK * panel + panel);
    for (int p = worker.from(panels); p < worker.to(panels); p++) {
      panel(frame, p * panel, scratch);
    }
  }

  private void panel(Frame frame, int first, float[] s) {
    int panel = kernels.panel();
    int columns = Math.min(panel, width - first);
    Wave wave = frame.wave();
    float[] k = frame.kept;
    int column = frame.place * width + first;
    int h = 0;
    int out = h + length * panel;
    int du = out + length * panel;
    int sum = du + length * panel;
    int act = sum + length * panel;
    int factors = act + CHUNK * panel;
    PanelCopy.load(
        kernels, input.array(frame), input.offset() + first, width, length, columns, s, h, panel);
    PanelCopy.load(
        kernels,
        output.array(frame),
        output.offset() + first,
        width,
        length,
        columns,
        s,
        out,
        panel);
    PanelCopy.load(
        kernels,
        outputGradient.array(frame),
        outputGradient.offset() + first,
        width,
        length,
        columns,
        s,
        du,
        panel);
    System.arraycopy(inverseRms.array(frame), inverseRms.offset() + first, s, factors, columns);
    Arrays.fill(s, factors + columns, factors + panel, 0f);
    kernels.normColumnsBackward(s, out, s, du, length, s, factors);
    System.arraycopy(s, du, s, sum, length * panel);
    PanelCopy.store(kernels, s, du, panel, length, columns, wave.left1, column, stride);
    Packed.pack(s, h, 1, panel, columns, length, wave.right0, column * panel, stride, panel);
    for (int c = 0; c < inner; c += CHUNK) {
      int gate = kept + first * 2 * inner + c * panel;
      int up = gate + inner * panel;
      Blocks.multiply(
          kernels, downTransposed, c * length, length, CHUNK, length, s, du, s, act, panel, false);
      kernels.swiGluBackward(k, gate, k, up, s, act, CHUNK * panel);
      Blocks.multiply(
          kernels, gateUpTransposed, c, 2 * inner, length, CHUNK, k, gate, s, sum, panel, true);
      Blocks.multiply(
          kernels,
          gateUpTransposed,
          inner + c,
          2 * inner,
          length,
          CHUNK,
          k,
          up,
          s,
          sum,
          panel,
          true);
      PanelCopy.store(
          kernels, k, gate, panel, CHUNK, columns, wave.left0, c * stride + column, stride);
      PanelCopy.store(
          kernels, k, up, panel, CHUNK, columns, wave.left0, (inner + c) * stride + column, stride);
      Packed.pack(
          s,
          act,
          1,
          panel,
          columns,
          CHUNK,
          wave.right1,
          c * stride + column * panel,
          stride,
          panel);
    }
    PanelCopy.store(
        kernels,
        s,
        sum,
        panel,
        length,
        columns,
        inputGradient.array(frame),
        inputGradient.offset() + first,
        width);
  }

  @Override
  public void weights(Wave wave, Worker worker) {
    int count = wave.count * width;
    gateUpGradient.add(wave.left0, wave.right0, stride, count, wave.gradients.values, worker);
    downGradient.add(wave.left1, wave.right1, stride, count, wave.gradients.values, worker);
  }
}
