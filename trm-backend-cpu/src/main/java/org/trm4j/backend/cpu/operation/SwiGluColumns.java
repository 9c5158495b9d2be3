package org.trm4j.backend.cpu.operation;

import java.util.Objects;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.SwiGlu;

/**
 * Runs {@link SwiGlu} on a sequence that workers share by columns. If they shared rows, each would
 * read all weights, and few rows do not fill a register tile. With columns, each reads its own part
 * of the weights, which stays in its cache from one update to the next. The results are equal bit
 * for bit.
 */
final class SwiGluColumns {
  /**
   * From this many rows a worker, workers share rows; with fewer, columns were no slower on two
   * threads.
   */
  private static final int ENOUGH_ROWS = 28;

  private final Kernels kernels;
  private final Panels gateUp;
  private final Panels down;
  private final int length;
  private final int width;
  private final int inner;
  private final int panel;
  private final int blocks;
  private final int stride;
  private final int blockFloats;

  SwiGluColumns(Kernels kernels, Panels gateUp, Panels down, int length, int width) {
    this.kernels = kernels;
    this.gateUp = gateUp;
    this.down = down;
    this.length = length;
    this.width = width;
    panel = kernels.panel();
    inner = gateUp.count() / 2 * panel;
    blocks = Math.ceilDiv(length, kernels.tileRows());
    stride = Blocks.roundUp(width, panel) + 16;
    blockFloats = kernels.leftFloats(kernels.tileRows(), Math.max(width, inner));
  }

  /**
   * Returns the number of floats of {@link Frame#together}: the sum, the activation, and left
   * factors.
   */
  int floats() {
    return Math.addExact(
        Math.multiplyExact(length, stride + inner), Math.multiplyExact(blocks, blockFloats));
  }

  /** Returns the row stride of the sum at the start of {@link Frame#together}. */
  int stride() {
    return stride;
  }

  /** Returns whether this number of workers shares columns. */
  boolean pays(Worker worker) {
    return worker.count() > 1 && length < ENOUGH_ROWS * worker.count();
  }

  private int row(int block) {
    return (int) ((long) length * block / blocks);
  }

  /** Adds the down product to the rows from {@code in0}; the caller's workers see all of it. */
  void run(Frame frame, Worker worker, float[] in, int in0) {
    float[] t = frame.together;
    int act = length * stride;
    for (int block = worker.index(); block < blocks; block += worker.count()) {
      for (int i = row(block); i < row(block + 1); i++) {
        System.arraycopy(in, in0 + i * width, t, i * stride, width);
      }
      prepare(frame, block, in, in0, width);
    }
    worker.await();
    activations(frame, worker, act);
    worker.await();
    for (int block = worker.index(); block < blocks; block += worker.count()) {
      prepare(frame, block, t, act, inner);
    }
    worker.await();
    sums(frame, worker);
    worker.await();
  }

  private void prepare(Frame frame, int block, float[] from, int start, int k) {
    int first = row(block);
    int scratch = length * (stride + inner) + block * blockFloats;
    frame.lefts[block] =
        kernels.left(
            from, start + first * k, k, 1, row(block + 1) - first, k, frame.together, scratch);
  }

  /**
   * Computes gate and up, one panel and one block of rows at a time, in the order of the panels.
   */
  private void activations(Frame frame, Worker worker, int act) {
    int half = gateUp.count() / 2;
    int up = kernels.tileRows() * panel;
    float[] s = worker.scratch(2 * up);
    for (int item = worker.from(half * blocks); item < worker.to(half * blocks); item++) {
      int p = item / blocks;
      int block = item % blocks;
      Left x = Objects.requireNonNull(frame.lefts[block]);
      int g = gateUp.offset(p, 0);
      int u = gateUp.offset(p + half, 0);
      Blocks.multiply(kernels, x, 0, width, gateUp.data, g, s, 0, panel, false);
      Blocks.multiply(kernels, x, 0, width, gateUp.data, u, s, up, panel, false);
      int to = act + row(block) * inner + p * panel;
      kernels.swiGlu(s, 0, s, up, x.rows(), frame.together, to, inner);
    }
  }

  private void sums(Frame frame, Worker worker) {
    int chunk = SwiGluStep.chunk(inner);
    int items = down.count() * blocks;
    for (int item = worker.from(items); item < worker.to(items); item++) {
      int p = item / blocks;
      int block = item % blocks;
      Left act = Objects.requireNonNull(frame.lefts[block]);
      int to = row(block) * stride + p * panel;
      for (int c = 0; c < inner; c += chunk) {
        int right = down.offset(p, c);
        Blocks.multiply(kernels, act, c, chunk, down.data, right, frame.together, to, stride, true);
      }
    }
  }
}
