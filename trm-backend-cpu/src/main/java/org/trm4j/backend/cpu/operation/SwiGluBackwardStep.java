package org.trm4j.backend.cpu.operation;

import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Packed;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.SwiGluBackward;

/**
 * Runs {@link SwiGluBackward}, a chunk of the inner width at a time; gate and up are what {@link
 * SwiGluStep} kept, and become their gradients.
 */
final class SwiGluBackwardStep implements Step.WithWeights {
  private static final int CHUNK = SwiGluStep.CHUNK;

  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final Packed downByInput;
  private final Packed gateUpByInput;
  private final WeightGradient gateUpGradient;
  private final WeightGradient downGradient;
  private final int length;
  private final int width;
  private final int inner;
  private final int stride;
  private final int kept;

  SwiGluBackwardStep(SwiGluBackward operation, StepContext context) {
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
    float[] s = worker.scratch(rows * (2 * CHUNK + panel + 2 * padded));
    float[] k = frame.kept;
    int gradients = 0;
    int act = rows * 2 * CHUNK;
    int du = act + rows * panel;
    int sum = du + rows * padded;
    normBackward(frame, first, rows, s, du, padded);
    System.arraycopy(s, du, s, sum, rows * padded);
    Packed.transpose(s, du, padded, rows, width, wave.left1, column, stride);
    Packed.pack(in, in0, width, 1, rows, width, wave.right0, column * panel, stride, panel);
    for (int c = 0; c < inner; c += CHUNK) {
      for (int p = 0; p < CHUNK; p += panel) {
        int g = (c + p) / panel;
        int gate = kept + (g * length + first) * panel;
        int up = gate + inner * length;
        Blocks.multiply(
            kernels,
            s,
            du,
            padded,
            rows,
            width,
            downByInput.data,
            downByInput.offset(g, 0),
            s,
            act,
            panel,
            false);
        kernels.swiGluBackward(k, gate, k, up, s, act, rows * panel);
        System.arraycopy(s, act, wave.right1, ((c + p) * stride) + column * panel, rows * panel);
        Packed.transpose(
            k, gate, panel, rows, panel, wave.left0, (c + p) * stride + column, stride);
        Packed.transpose(
            k, up, panel, rows, panel, wave.left0, (inner + c + p) * stride + column, stride);
        PanelCopy.store(kernels, k, gate, panel, rows, panel, s, gradients + p, 2 * CHUNK);
        PanelCopy.store(kernels, k, up, panel, rows, panel, s, gradients + CHUNK + p, 2 * CHUNK);
      }
      for (int p = 0; p < gateUpByInput.panels(); p++) {
        int to = sum + p * panel;
        Blocks.multiply(
            kernels,
            s,
            0,
            2 * CHUNK,
            rows,
            CHUNK,
            gateUpByInput.data,
            gateUpByInput.offset(p, c),
            s,
            to,
            padded,
            true);
        int upRow = gateUpByInput.offset(p, inner + c);
        Blocks.multiply(
            kernels,
            s,
            CHUNK,
            2 * CHUNK,
            rows,
            CHUNK,
            gateUpByInput.data,
            upRow,
            s,
            to,
            padded,
            true);
      }
    }
    float[] target = inputGradient.array(frame);
    PanelCopy.store(
        kernels,
        s,
        sum,
        padded,
        rows,
        width,
        target,
        inputGradient.offset() + first * width,
        width);
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
    gateUpGradient.add(wave.left0, wave.right0, stride, count, wave.gradients.values, worker);
    downGradient.add(wave.left1, wave.right1, stride, count, wave.gradients.values, worker);
  }
}
