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
import org.trm4j.plan.OutputHeadsBackward;

/** Runs {@link OutputHeadsBackward}. */
final class HeadsBackwardStep implements Step.WithWeights {
  private final Kernels kernels;
  private final float[] values;
  private final BufferLocation input;
  private final BufferLocation logitsGradient;
  private final BufferLocation qGradient;
  private final BufferLocation inputGradient;
  private final Packed headByInput;
  private final WeightGradient headGradient;
  private final int qWeight;
  private final int qBias;
  private final int tokens;
  private final int prefix;
  private final int vocabulary;
  private final int width;
  private final int stride;
  private final int wave;

  HeadsBackwardStep(OutputHeadsBackward operation, StepContext context) {
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

  /** The second pair holds the first rows of y, and the gradients of q. */
  @Override
  public Wave.Need need() {
    return new Wave.Need(
        headGradient.left(stride), headGradient.right(stride), wave * width, wave * 2);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    if (worker.index() != 0) {
      return;
    }
    int panel = kernels.panel();
    Wave into = frame.wave();
    float[] dx = inputGradient.array(frame);
    float[] y = input.array(frame);
    float[] dLogits = logitsGradient.array(frame);
    Arrays.fill(dx, inputGradient.offset(), inputGradient.offset() + prefix * width, 0f);
    float[] scratch = worker.scratch(tokens * panel);
    int first = inputGradient.offset() + prefix * width;
    for (int p = 0; p < headByInput.panels(); p++) {
      Blocks.multiply(
          kernels,
          dLogits,
          logitsGradient.offset(),
          vocabulary,
          tokens,
          vocabulary,
          headByInput.data,
          headByInput.offset(p, 0),
          scratch,
          0,
          panel,
          false);
      int columns = Math.min(panel, width - p * panel);
      PanelCopy.store(kernels, scratch, 0, panel, tokens, columns, dx, first + p * panel, width);
    }
    float[] dq = qGradient.array(frame);
    for (int i = 0; i < 2; i++) {
      float gradient = dq[qGradient.offset() + i];
      into.right1[frame.place * 2 + i] = gradient;
      for (int j = 0; j < width; j++) {
        dx[inputGradient.offset() + j] += gradient * values[qWeight + i * width + j];
      }
    }
    int column = frame.place * tokens;
    Packed.transpose(
        dLogits,
        logitsGradient.offset(),
        vocabulary,
        tokens,
        vocabulary,
        into.left0,
        column,
        stride);
    int rows = input.offset() + prefix * width;
    Packed.pack(y, rows, width, 1, tokens, width, into.right0, column * panel, stride, panel);
    System.arraycopy(y, input.offset(), into.left1, frame.place * width, width);
  }

  @Override
  public void weights(Wave into, Worker worker) {
    float[] gradients = into.gradients.values;
    headGradient.add(into.left0, into.right0, stride, into.count * tokens, gradients, worker);
    if (worker.index() != 0) {
      return;
    }
    for (int place = 0; place < into.count; place++) {
      for (int i = 0; i < 2; i++) {
        float gradient = into.right1[place * 2 + i];
        gradients[qBias + i] += gradient;
        for (int j = 0; j < width; j++) {
          gradients[qWeight + i * width + j] += gradient * into.left1[place * width + j];
        }
      }
    }
  }
}
