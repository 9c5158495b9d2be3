package org.trm4j.backend.cpu.operation;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.TokenSwiGlu;

/**
 * Runs {@link TokenSwiGlu.Backward}, one panel of channels at a time, as {@link TokenSwiGluStep}
 * does. Gate and up come from there and are replaced by their gradients.
 */
final class TokenSwiGluBackwardStep implements Step.WithWeights {
  private static final int CHUNK = TokenSwiGluStep.CHUNK;

  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final Left gateUpTransposed;
  private final Left[] downTransposed;
  private final WeightGradient gateUpGradient;
  private final WeightGradient downGradient;
  private final int length;
  private final int width;
  private final int inner;
  private final int stride;
  private final int kept;

  TokenSwiGluBackwardStep(TokenSwiGlu.Backward operation, StepContext context) {
    Weights weights = context.weights();
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    gateUpTransposed = weights.leftTransposed(operation.gateUp(), 0, length);
    downTransposed = new Left[inner / CHUNK];
    for (int c = 0; c < downTransposed.length; c++) {
      downTransposed[c] = weights.leftTransposed(operation.down(), c * CHUNK, CHUNK);
    }
    // Rows that are a power of two apart would fall into the same cache sets.
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
    MemorySegment right = worker.panels((length + 2 * CHUNK) * panel, kernels::allocate);
    for (int p = worker.from(panels); p < worker.to(panels); p++) {
      panel(frame, p * panel, scratch, right);
    }
  }

  private void panel(Frame frame, int first, float[] s, MemorySegment right) {
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
    int dGate = length * panel;
    int dUp = dGate + CHUNK * panel;
    load(input, frame, first, columns, s, h);
    load(output, frame, first, columns, s, out);
    load(outputGradient, frame, first, columns, s, du);
    System.arraycopy(inverseRms.array(frame), inverseRms.offset() + first, s, factors, columns);
    Arrays.fill(s, factors + columns, factors + panel, 0f);
    kernels.normColumnsBackward(s, out, s, du, length, s, factors);
    System.arraycopy(s, du, s, sum, length * panel);
    kernels.loadPanel(s, du, panel, length, right, 0);
    PanelCopy.store(kernels, s, du, panel, length, columns, wave.left1, column, stride);
    int to = column * panel;
    Panels.pack(kernels, s, h, 1, panel, columns, length, wave.right0, to, stride);
    for (int c = 0; c < inner; c += CHUNK) {
      int gate = kept + first * 2 * inner + c * panel;
      int up = gate + inner * panel;
      product(downTransposed[c / CHUNK], 0, length, right, 0, s, act, false);
      kernels.swiGluBackward(k, gate, k, up, s, act, CHUNK * panel);
      kernels.loadPanel(k, gate, panel, CHUNK, right, dGate);
      kernels.loadPanel(k, up, panel, CHUNK, right, dUp);
      product(gateUpTransposed, c, CHUNK, right, dGate, s, sum, true);
      product(gateUpTransposed, inner + c, CHUNK, right, dUp, s, sum, true);
      int row = c * stride + column;
      PanelCopy.store(kernels, k, gate, panel, CHUNK, columns, wave.left0, row, stride);
      row += inner * stride;
      PanelCopy.store(kernels, k, up, panel, CHUNK, columns, wave.left0, row, stride);
      Panels.pack(kernels, s, act, 1, panel, columns, CHUNK, wave.right1, c * stride + to, stride);
    }
    float[] target = inputGradient.array(frame);
    int target0 = inputGradient.offset() + first;
    PanelCopy.store(kernels, s, sum, panel, length, columns, target, target0, width);
  }

  private void load(BufferLocation from, Frame frame, int first, int columns, float[] s, int to) {
    int at = from.offset() + first;
    int panel = kernels.panel();
    PanelCopy.load(kernels, from.array(frame), at, width, length, columns, s, to, panel);
  }

  private void product(
      Left weights,
      int from,
      int k,
      MemorySegment right,
      int at,
      float[] to,
      int to0,
      boolean add) {
    Blocks.multiply(kernels, weights, from, k, right, at, to, to0, kernels.panel(), add);
  }

  @Override
  public void weights(Wave wave, Worker worker) {
    int count = wave.count * width;
    float[] to = wave.gradients.values;
    gateUpGradient.add(wave.left0, stride, 1, wave.right0, stride, count, to, worker);
    downGradient.add(wave.left1, stride, 1, wave.right1, stride, count, to, worker);
  }
}
