package org.trm4j.backend.cpu.operation;

import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.OutputHeads;

/** Runs {@link OutputHeads}. */
final class HeadsStep implements Step {
  private final Kernels kernels;
  private final float[] values;
  private final BufferLocation input;
  private final BufferLocation logits;
  private final BufferLocation q;
  private final Panels head;
  private final int qWeight;
  private final int qBias;
  private final int tokens;
  private final int prefix;
  private final int vocabulary;
  private final int width;

  HeadsStep(OutputHeads operation, StepContext context) {
    kernels = context.kernels();
    values = context.weights().values;
    input = context.locate(operation.input());
    logits = context.locate(operation.logits());
    q = context.locate(operation.q());
    head = context.weights().byOutput(operation.lmHead());
    qWeight = context.weights().offset(operation.qWeight());
    qBias = context.weights().offset(operation.qBias());
    tokens = operation.logits().shape().dim(0);
    prefix = operation.input().shape().dim(0) - context.config().seqLen();
    vocabulary = operation.lmHead().shape().dim(0);
    width = operation.lmHead().shape().dim(1);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    float[] y = input.array(frame);
    int from = worker.from(tokens);
    int rows = worker.to(tokens) - from;
    int panel = kernels.panel();
    float[] scratch = worker.scratch(rows * panel);
    Left left = Left.of(y, input.offset() + (prefix + from) * width, width, rows);
    for (int p = 0; p < head.count() && rows > 0; p++) {
      Blocks.multiply(
          kernels, left, 0, width, head.data, head.offset(p, 0), scratch, 0, panel, false);
      int columns = Math.min(panel, vocabulary - p * panel);
      int to = logits.offset() + from * vocabulary + p * panel;
      PanelCopy.store(
          kernels, scratch, 0, panel, rows, columns, logits.array(frame), to, vocabulary);
    }
    if (worker.index() == 0) {
      for (int i = 0; i < 2; i++) {
        q.array(frame)[q.offset() + i] =
            kernels.dot(y, input.offset(), values, qWeight + i * width, width) + values[qBias + i];
      }
    }
  }
}
