package org.trm4j.backend.cpu.operation;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.PanelCopy;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.TokenSwiGlu;

/**
 * Runs {@link TokenSwiGlu} without a transpose: a panel of channels is the right factor, the
 * weights are the left one, and the whole sublayer is computed panel by panel in the L1 cache.
 */
final class TokenSwiGluStep implements Step {
  static final int CHUNK = 128;

  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final @Nullable BufferLocation inverseRms;
  private final Left[] gates;
  private final Left[] ups;
  private final Left down;
  private final float epsilon;
  private final int length;
  private final int width;
  private final int inner;
  private final int kept;

  TokenSwiGluStep(TokenSwiGlu operation, StepContext context) {
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = operation.inverseRms() == null ? null : context.locate(operation.inverseRms());
    epsilon = operation.epsilon();
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    Weights weights = context.weights();
    gates = new Left[inner / CHUNK];
    ups = new Left[inner / CHUNK];
    for (int c = 0; c < gates.length; c++) {
      gates[c] = weights.left(operation.gateUp(), c * CHUNK, CHUNK);
      ups[c] = weights.left(operation.gateUp(), inner + c * CHUNK, CHUNK);
    }
    down = weights.left(operation.down(), 0, length);
    kept = inverseRms == null ? -1 : context.kept().offset(operation.output());
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int panel = kernels.panel();
    int panels = Math.ceilDiv(width, panel);
    float[] scratch = worker.scratch(length * panel + 2 * CHUNK * panel + panel);
    MemorySegment right = worker.panels((length + inner) * panel, kernels::allocate);
    for (int p = worker.from(panels); p < worker.to(panels); p++) {
      panel(frame, p * panel, scratch, right);
    }
  }

  private void panel(Frame frame, int first, float[] s, MemorySegment right) {
    int panel = kernels.panel();
    int columns = Math.min(panel, width - first);
    float[] in = input.array(frame);
    int in0 = input.offset() + first;
    int gate = length * panel;
    int up = gate + CHUNK * panel;
    int factors = up + CHUNK * panel;
    int act = length * panel;
    PanelCopy.load(kernels, in, in0, width, length, columns, right, 0);
    PanelCopy.load(kernels, in, in0, width, length, columns, s, 0, panel);
    // If a gradient follows, gate and up are written straight to the memory that keeps them.
    boolean keep = kept >= 0;
    float[] products = keep ? frame.kept : s;
    for (int c = 0; c < inner; c += CHUNK) {
      int gateAt = keep ? kept + first * 2 * inner + c * panel : gate;
      int upAt = keep ? gateAt + inner * panel : up;
      product(gates[c / CHUNK], 0, length, right, 0, products, gateAt, false);
      product(ups[c / CHUNK], 0, length, right, 0, products, upAt, false);
      kernels.swiGluPanel(products, gateAt, products, upAt, CHUNK, right, act + c * panel);
    }
    product(down, 0, inner, right, act, s, 0, true);
    kernels.normColumns(s, 0, length, epsilon, s, factors);
    float[] out = output.array(frame);
    PanelCopy.store(kernels, s, 0, panel, length, columns, out, output.offset() + first, width);
    if (inverseRms != null) {
      System.arraycopy(s, factors, inverseRms.array(frame), inverseRms.offset() + first, columns);
    }
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
}
