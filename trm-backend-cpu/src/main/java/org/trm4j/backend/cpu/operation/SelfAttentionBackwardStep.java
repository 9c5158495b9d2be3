package org.trm4j.backend.cpu.operation;

import java.lang.foreign.MemorySegment;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SelfAttention;

/**
 * Runs {@link SelfAttention.Backward}: output projection by rows, heads in parallel, input
 * projections by rows.
 */
final class SelfAttentionBackwardStep implements Step.WithWeights {
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation attended;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final HeadBackward head;
  private final Panels outByInput;
  private final Panels qkvByInput;
  private final WeightGradient qkvGradient;
  private final WeightGradient outGradient;
  private final int shared;
  private final int heads;
  private final int length;
  private final int width;
  private final int stride;

  SelfAttentionBackwardStep(SelfAttention.Backward operation, StepContext context) {
    Weights weights = context.weights();
    kernels = context.kernels();
    input = context.locate(operation.input());
    attended = context.locate(operation.saved().attended());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.saved().inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    outByInput = weights.byInput(operation.out());
    qkvByInput = weights.byInput(operation.qkv());
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    heads = operation.heads();
    shared = context.shared();
    stride = context.wave() * length;
    head = new HeadBackward(operation, context, shared + length * width);
    qkvGradient = new WeightGradient(kernels, weights.offset(operation.qkv()), 3 * width, width);
    outGradient = new WeightGradient(kernels, weights.offset(operation.out()), width, width);
  }

  /** The gradient of u, that of attended, and that of q, k and v, each by rows. */
  @Override
  public int shared() {
    return 5 * length * width;
  }

  @Override
  public Wave.Need need() {
    return new Wave.Need(
        qkvGradient.left(stride),
        qkvGradient.right(stride),
        outGradient.left(stride),
        outGradient.right(stride));
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(length);
    int to = worker.to(length);
    for (int row = from; row < to; row += SwiGluStep.MAX_ROWS) {
      before(frame, worker, row, Math.min(SwiGluStep.MAX_ROWS, to - row));
    }
    worker.await();
    if (worker.from(heads) < worker.to(heads)) {
      float[] scratch = head.scratch(worker);
      Left in = head.input(frame, scratch);
      for (int h = worker.from(heads); h < worker.to(heads); h++) {
        head.run(frame, worker, h, in, scratch);
      }
    }
    worker.await();
    for (int row = from; row < to; row += SwiGluStep.MAX_ROWS) {
      after(frame, worker, row, Math.min(SwiGluStep.MAX_ROWS, to - row));
    }
  }

  private void before(Frame frame, Worker worker, int first, int rows) {
    Wave wave = frame.wave();
    float[] arena = frame.arena;
    int column = frame.place * length + first;
    int du = shared + first * width;
    for (int i = 0; i < rows; i++) {
      int row = (first + i) * width;
      float r = inverseRms.array(frame)[inverseRms.offset() + first + i];
      RmsNorm.rowBackward(
          kernels,
          output.array(frame),
          output.offset() + row,
          outputGradient.array(frame),
          outputGradient.offset() + row,
          r,
          width,
          arena,
          du + i * width);
    }
    product(worker, outByInput, arena, du, width, rows, arena, du + length * width, false);
    System.arraycopy(arena, du, wave.left1, column * width, rows * width);
    int row = first * width;
    pack(attended.array(frame), attended.offset() + row, rows, wave.right1, column);
    pack(input.array(frame), input.offset() + row, rows, wave.right0, column);
  }

  private void pack(float[] x, int from, int rows, MemorySegment right, int column) {
    int to = column * kernels.panel();
    Panels.pack(kernels, x, from, width, 1, rows, width, right, to, stride);
  }

  private void after(Frame frame, Worker worker, int first, int rows) {
    float[] target = inputGradient.array(frame);
    int to = inputGradient.offset() + first * width;
    System.arraycopy(frame.arena, shared + first * width, target, to, rows * width);
    int dqkv = shared + 2 * length * width + first * 3 * width;
    product(worker, qkvByInput, frame.arena, dqkv, 3 * width, rows, target, to, true);
  }

  /** {@code c (+)= a w} with rows of a of length {@code k}, rows of c of length D. */
  private void product(
      Worker worker, Panels w, float[] a, int a0, int k, int rows, float[] c, int c0, boolean add) {
    int panel = kernels.panel();
    int part = rows * panel;
    float[] scratch = worker.scratch(part + kernels.leftFloats(rows, k));
    Left left = kernels.left(a, a0, k, 1, rows, k, scratch, part);
    for (int p = 0; p < w.count(); p++) {
      Blocks.multiply(kernels, left, 0, k, w.data, w.offset(p, 0), scratch, 0, panel, false);
      int columns = Math.min(panel, width - p * panel);
      for (int i = 0; i < rows; i++) {
        int at = c0 + i * width + p * panel;
        for (int j = 0; j < columns; j++) {
          c[at + j] = add ? c[at + j] + scratch[i * panel + j] : scratch[i * panel + j];
        }
      }
    }
  }

  @Override
  public void weights(Wave wave, Worker worker) {
    int count = wave.count * length;
    float[] to = wave.gradients.values;
    qkvGradient.add(wave.left0, 1, 3 * width, wave.right0, stride, count, to, worker);
    outGradient.add(wave.left1, 1, width, wave.right1, stride, count, to, worker);
  }
}
