package org.trm4j.backend.cpu.operation;

import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SwiGlu;

/**
 * Runs {@link SwiGlu.Backward}, one chunk of the inner width at a time. Gate and up come from
 * {@link SwiGluStep} and are replaced by their gradients.
 */
final class SwiGluBackwardStep implements Step.WithWeights {

  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final Panels downByInput;
  private final Panels gateUpByInput;
  private final WeightGradient gateUpGradient;
  private final WeightGradient downGradient;
  private final int length;
  private final int width;
  private final int inner;
  private final int stride;
  private final int kept;
  private final int chunk;

  SwiGluBackwardStep(SwiGlu.Backward operation, StepContext context) {
    Weights weights = context.weights();
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    downByInput = weights.byInput(operation.down());
    gateUpByInput = weights.byInput(operation.gateUp());
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    chunk = SwiGluStep.chunk(inner);
    stride = context.wave() * length;
    kept = context.kept().offset(operation.output());
    gateUpGradient =
        new WeightGradient(kernels, weights.offset(operation.gateUp()), 2 * inner, width);
    downGradient = new WeightGradient(kernels, weights.offset(operation.down()), width, inner);
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
    int from = worker.from(length);
    int rows = worker.to(length) - from;
    int blocks = Math.ceilDiv(rows, SwiGluStep.MAX_ROWS);
    for (int block = 0; block < blocks; block++) {
      int first = from + rows * block / blocks;
      block(frame, worker, first, from + rows * (block + 1) / blocks - first);
    }
  }

  private void block(Frame frame, Worker worker, int first, int rows) {
    int panel = kernels.panel();
    int padded = Blocks.roundUp(width, panel);
    float[] in = input.array(frame);
    int in0 = input.offset() + first * width;
    Wave wave = frame.wave();
    int column = frame.place * length + first;
    int packedGradient = kernels.leftFloats(rows, width);
    int packedChunk = kernels.leftFloats(rows, 2 * chunk);
    float[] s =
        worker.scratch(rows * (2 * chunk + panel + 2 * padded) + packedGradient + packedChunk);
    float[] k = frame.kept;
    int act = rows * 2 * chunk;
    int du = act + rows * panel;
    int sum = du + rows * padded;
    int left = sum + rows * padded;
    normBackward(frame, first, rows, s, du, padded);
    System.arraycopy(s, du, s, sum, rows * padded);
    PanelCopy.rows(s, du, padded, rows, width, wave.left1, column * width, width);
    Panels.pack(kernels, in, in0, width, 1, rows, width, wave.right0, column * panel, stride);
    Left dy = kernels.left(s, du, padded, 1, rows, width, s, left);
    for (int c = 0; c < inner; c += chunk) {
      for (int p = 0; p < chunk; p += panel) {
        int g = (c + p) / panel;
        int gate = kept + (g * length + first) * panel;
        int up = gate + inner * length;
        int right = downByInput.offset(g, 0);
        Blocks.multiply(kernels, dy, 0, width, downByInput.data, right, s, act, panel, false);
        kernels.swiGluBackward(k, gate, k, up, s, act, rows * panel);
        kernels.loadPanel(s, act, panel, rows, wave.right1, (c + p) * stride + column * panel);
        int to = column * 2 * inner + c + p;
        kernels.copyPanel(k, gate, panel, rows, wave.left0, to, 2 * inner);
        kernels.copyPanel(k, up, panel, rows, wave.left0, to + inner, 2 * inner);
        kernels.copyPanel(k, gate, panel, rows, s, p, 2 * chunk);
        kernels.copyPanel(k, up, panel, rows, s, chunk + p, 2 * chunk);
      }
      Left both = kernels.left(s, 0, 2 * chunk, 1, rows, 2 * chunk, s, left + packedGradient);
      for (int p = 0; p < gateUpByInput.count(); p++) {
        product(both, 0, gateUpByInput.offset(p, c), s, sum + p * panel, padded);
        product(both, chunk, gateUpByInput.offset(p, inner + c), s, sum + p * panel, padded);
      }
    }
    int to = inputGradient.offset() + first * width;
    PanelCopy.rows(s, sum, padded, rows, width, inputGradient.array(frame), to, width);
  }

  private void product(Left both, int from, int right, float[] s, int to, int padded) {
    Blocks.multiply(kernels, both, from, chunk, gateUpByInput.data, right, s, to, padded, true);
  }

  private void normBackward(Frame frame, int first, int rows, float[] s, int du, int padded) {
    float[] out = output.array(frame);
    float[] dOut = outputGradient.array(frame);
    float[] r = inverseRms.array(frame);
    for (int i = 0; i < rows; i++) {
      int row = (first + i) * width;
      RmsNorm.rowBackward(
          kernels,
          out,
          output.offset() + row,
          dOut,
          outputGradient.offset() + row,
          r[inverseRms.offset() + first + i],
          width,
          s,
          du + i * padded);
      Arrays.fill(s, du + i * padded + width, du + (i + 1) * padded, 0f);
    }
  }

  @Override
  public void weights(Wave wave, Worker worker) {
    int count = wave.count * length;
    float[] to = wave.gradients.values;
    gateUpGradient.add(wave.left0, 1, 2 * inner, wave.right0, stride, count, to, worker);
    downGradient.add(wave.left1, 1, width, wave.right1, stride, count, to, worker);
  }
}
