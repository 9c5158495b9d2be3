package org.trm4j.backend.cpu.operation;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.TokenSwiGlu;

/**
 * Runs {@link TokenSwiGlu} without a transpose: a panel of channels is the right factor, the
 * weights are the left one, and the whole sublayer is computed panel by panel in the L1 cache.
 */
final class TokenSwiGluStep implements Step {
  static final int CHUNK = 128;

  private final Kernels kernels;
  private final float[] values;
  private final BufferLocation input;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final int gateUp;
  private final int down;
  private final float epsilon;
  private final int length;
  private final int width;
  private final int inner;
  private final int kept;

  TokenSwiGluStep(TokenSwiGlu operation, StepContext context) {
    kernels = context.kernels();
    values = context.weights().values;
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = operation.inverseRms() == null ? null : context.locate(operation.inverseRms());
    gateUp = context.weights().offset(operation.gateUp());
    down = context.weights().offset(operation.down());
    epsilon = operation.epsilon();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    kept = inverseRms == null ? -1 : context.kept().offset(operation.output());
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int panel = kernels.panel();
    int panels = Math.ceilDiv(width, panel);
    float[] scratch = worker.scratch(2 * length * panel + 2 * CHUNK * panel + panel);
    for (int p = worker.from(panels); p < worker.to(panels); p++) {
      panel(frame, p * panel, scratch);
    }
  }

  private void panel(Frame frame, int first, float[] scratch) {
    int panel = kernels.panel();
    int columns = Math.min(panel, width - first);
    int sum = length * panel;
    int gate = sum + length * panel;
    int up = gate + CHUNK * panel;
    int factors = up + CHUNK * panel;
    PanelCopy.load(
        kernels,
        input.array(frame),
        input.offset() + first,
        width,
        length,
        columns,
        scratch,
        0,
        panel);
    kernels.copyPanel(scratch, 0, panel, length, scratch, sum, panel);
    // Where a gradient follows, gate and up are computed right where they are kept.
    boolean keep = kept >= 0;
    float[] products = keep ? frame.kept : scratch;
    for (int c = 0; c < inner; c += CHUNK) {
      int gateAt = keep ? kept + first * 2 * inner + c * panel : gate;
      int upAt = keep ? gateAt + inner * panel : up;
      int g = gateUp + c * length;
      Blocks.multiply(
          kernels, values, g, length, CHUNK, length, scratch, 0, products, gateAt, panel, false);
      int u = g + inner * length;
      Blocks.multiply(
          kernels, values, u, length, CHUNK, length, scratch, 0, products, upAt, panel, false);
      kernels.swiGlu(products, gateAt, products, upAt, CHUNK, scratch, gate, panel);
      Blocks.multiply(
          kernels, values, down + c, inner, length, CHUNK, scratch, gate, scratch, sum, panel,
          true);
    }
    kernels.normColumns(scratch, sum, length, epsilon, scratch, factors);
    PanelCopy.store(
        kernels,
        scratch,
        sum,
        panel,
        length,
        columns,
        output.array(frame),
        output.offset() + first,
        width);
    if (inverseRms != null) {
      System.arraycopy(
          scratch, factors, inverseRms.array(frame), inverseRms.offset() + first, columns);
    }
  }
}
