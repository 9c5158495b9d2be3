package org.trm4j.backend.cpu.operation;

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
import org.trm4j.plan.operation.OutputHeads;

/** Runs {@link OutputHeads.Backward}. */
final class HeadsBackwardStep implements Step.WithWeights {
  private final Kernels kernels;
  private final float[] values;
  private final BufferLocation input;
  private final BufferLocation logitsGradient;
  private final BufferLocation qGradient;
  private final BufferLocation inputGradient;
  private final Panels headByInput;
  private final WeightGradient headGradient;
  private final int qWeight;
  private final int qBias;
  private final int tokens;
  private final int prefix;
  private final int vocabulary;
  private final int width;
  private final int stride;
  private final int wave;

  HeadsBackwardStep(OutputHeads.Backward operation, StepContext context) {
    Weights weights = context.weights();
    kernels = context.kernels();
    values = weights.values;
    input = context.locate(operation.input());
    logitsGradient = context.locate(operation.logitsGradient());
    qGradient = context.locate(operation.qGradient());
    inputGradient = context.locate(operation.inputGradient());
    headByInput = weights.byInput(operation.lmHead());
    qWeight = weights.offset(operation.qWeight());
    qBias = weights.offset(operation.qBias());
    tokens = context.config().seqLen();
    prefix = context.config().puzzleEmbLen();
    vocabulary = operation.lmHead().shape().dim(0);
    width = operation.lmHead().shape().dim(1);
    wave = context.wave();
    stride = wave * tokens;
    headGradient =
        new WeightGradient(kernels, weights.offset(operation.lmHead()), vocabulary, width);
  }

  /** The second left factor holds the first rows of y, each with the gradients of q. */
  @Override
  public Wave.Need need() {
    return new Wave.Need(
        headGradient.left(stride), headGradient.right(stride), wave * (width + 2), 0);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int from = worker.from(tokens);
    if (from < worker.to(tokens)) {
      tokens(frame, worker, from, worker.to(tokens) - from);
    }
    if (prefix == 0) {
      // The first row is one of these.
      worker.await();
    }
    if (worker.index() == 0) {
      halting(frame);
    }
  }

  private void tokens(Frame frame, Worker worker, int from, int count) {
    int panel = kernels.panel();
    Wave into = frame.wave();
    float[] dx = inputGradient.array(frame);
    float[] y = input.array(frame);
    float[] dLogits = logitsGradient.array(frame);
    float[] scratch = worker.scratch(count * panel);
    int gradients = logitsGradient.offset() + from * vocabulary;
    Left left = Left.of(dLogits, gradients, vocabulary, count);
    int first = inputGradient.offset() + (prefix + from) * width;
    for (int p = 0; p < headByInput.count(); p++) {
      Blocks.multiply(
          kernels,
          left,
          0,
          vocabulary,
          headByInput.data,
          headByInput.offset(p, 0),
          scratch,
          0,
          panel,
          false);
      int columns = Math.min(panel, width - p * panel);
      PanelCopy.store(kernels, scratch, 0, panel, count, columns, dx, first + p * panel, width);
    }
    int column = frame.place * tokens + from;
    System.arraycopy(dLogits, gradients, into.left0, column * vocabulary, count * vocabulary);
    int rows = input.offset() + (prefix + from) * width;
    Panels.pack(kernels, y, rows, width, 1, count, width, into.right0, column * panel, stride);
  }

  /** The gradient of q reaches the first row: the prefix's, if there is a prefix. */
  private void halting(Frame frame) {
    Wave into = frame.wave();
    float[] dx = inputGradient.array(frame);
    Arrays.fill(dx, inputGradient.offset(), inputGradient.offset() + prefix * width, 0f);
    float[] dq = qGradient.array(frame);
    for (int i = 0; i < 2; i++) {
      float gradient = dq[qGradient.offset() + i];
      into.left1[frame.place * (width + 2) + width + i] = gradient;
      for (int j = 0; j < width; j++) {
        dx[inputGradient.offset() + j] += gradient * values[qWeight + i * width + j];
      }
    }
    int to = frame.place * (width + 2);
    System.arraycopy(input.array(frame), input.offset(), into.left1, to, width);
  }

  @Override
  public void weights(Wave into, Worker worker) {
    float[] gradients = into.gradients.values;
    int count = into.count * tokens;
    headGradient.add(into.left0, 1, vocabulary, into.right0, stride, count, gradients, worker);
    if (worker.index() != 0) {
      return;
    }
    for (int place = 0; place < into.count; place++) {
      for (int i = 0; i < 2; i++) {
        float gradient = into.left1[place * (width + 2) + width + i];
        gradients[qBias + i] += gradient;
        for (int j = 0; j < width; j++) {
          gradients[qWeight + i * width + j] += gradient * into.left1[place * (width + 2) + j];
        }
      }
    }
  }
}
