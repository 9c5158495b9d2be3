package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.amx.TileCall;
import org.trm4j.backend.cpu.kernel.amx.TileCopy;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileProduct;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.TokenSwiGlu;

/**
 * Runs {@link TokenSwiGlu.Backward}, 32 channels at a time; gate and up come from {@link
 * TileTokenSwiGluStep}.
 */
final class TileTokenSwiGluBackwardStep implements Step.WithWeights {
  private static final int PANEL = Tiling.PANEL;

  private final Tiles tiles;
  private final TileKernels tile;
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final LeftWeight down;
  private final LeftWeight gateUp;
  private final TileWeightGradient gateUpGradient;
  private final TileWeightGradient downGradient;
  private final int length;
  private final int width;
  private final int inner;
  private final int kept;
  private final long need;
  // Offsets in the scratch memory.
  private final long call;
  private final long du;
  private final long both;
  private final long results;
  private final long rows;
  private final long bytes;

  TileTokenSwiGluBackwardStep(
      TokenSwiGlu.Backward operation, StepContext context, TileSteps steps) {
    tiles = steps.tiles();
    tile = steps.kernels();
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    down = LeftWeight.transposed(context, operation.down());
    gateUp = LeftWeight.transposed(context, operation.gateUp());
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    kept = context.kept().offset(operation.output());
    int places = Tiling.panels(width) * PANEL;
    Offsets factors = new Offsets();
    gateUpGradient =
        new TileWeightGradient(
            tiles,
            context.weights().offset(operation.gateUp()),
            2 * inner,
            length,
            places,
            context.wave(),
            factors);
    downGradient =
        new TileWeightGradient(
            tiles,
            context.weights().offset(operation.down()),
            length,
            inner,
            places,
            context.wave(),
            factors);
    need = factors.size();
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    du = offsets.take(Tiling.right(length, PANEL));
    both = offsets.take(Tiling.right(2 * inner, PANEL));
    int most = Math.max(inner, length);
    results = offsets.take((long) Tiling.padded(most) * Tiling.RESULT);
    rows = offsets.take((long) most * Tiling.ROW);
    bytes = offsets.size();
  }

  @Override
  public Wave.Need need() {
    return new Wave.Need(0, 0, 0, 0, need);
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int panels = Tiling.panels(width);
    for (int p = worker.from(panels); p < worker.to(panels); p++) {
      panel(frame, worker, p * PANEL);
    }
  }

  private void panel(Frame frame, Worker worker, int first) {
    int columns = Math.min(PANEL, width - first);
    float[] s = worker.scratch((3 * length + 3 * inner) * PANEL);
    int h = 0;
    int gradient = h + length * PANEL;
    int out = gradient + length * PANEL;
    int act = out + length * PANEL;
    int gate = act + inner * PANEL;
    int up = gate + inner * PANEL;
    load(input.array(frame), input.offset() + first, length, columns, s, h);
    load(output.array(frame), output.offset() + first, length, columns, s, out);
    load(
        outputGradient.array(frame), outputGradient.offset() + first, length, columns, s, gradient);
    load(frame.kept, kept + first, 2 * inner, columns, s, gate);
    normBackward(frame, first, columns, s, out, gradient);
    MemorySegment m = worker.bytes(bytes);
    TileProduct product = new TileProduct(tiles, m, call);
    tile.pairs(s, gradient, PANEL, length, down.depth * Tiling.DEPTH, PANEL, m, du, down.depth, 0);
    product.multiply(
        down.data,
        0,
        down.stride,
        Tiling.of(inner),
        m,
        du,
        down.depth,
        1,
        m,
        results,
        Tiling.RESULT);
    TileCopy.results(m, results, Tiling.RESULT, inner, PANEL, s, act, PANEL);
    kernels.swiGluBackward(s, gate, s, up, s, act, inner * PANEL);
    tile.pairs(s, gate, PANEL, 2 * inner, 2 * inner, PANEL, m, both, gateUp.depth, 0);
    product.multiply(
        gateUp.data,
        0,
        gateUp.stride,
        Tiling.of(length),
        m,
        both,
        gateUp.depth,
        1,
        m,
        results,
        Tiling.RESULT);
    factors(frame, m, first, s, new Places(h, gradient, act, gate));
    TileCopy.addResults(m, results, Tiling.RESULT, length, PANEL, s, gradient, PANEL);
    float[] target = inputGradient.array(frame);
    for (int i = 0; i < length; i++) {
      int to = inputGradient.offset() + i * width + first;
      System.arraycopy(s, gradient + i * PANEL, target, to, columns);
    }
  }

  /**
   * Offsets of the factors of the weight gradients in scratch memory; each factor is a panel of
   * columns.
   */
  private record Places(int input, int downGradient, int activation, int gateUp) {}

  /** The factors of the weight gradients, whose reduction runs over the channels. */
  private void factors(Frame frame, MemorySegment m, int first, float[] s, Places at) {
    MemorySegment wave = frame.wave().bytes;
    int place = frame.place;
    long left = gateUpGradient.left(0, place, first);
    tile.rows(s, at.gateUp(), PANEL, 2 * inner, PANEL, wave, left, gateUpGradient.stride());
    left = downGradient.left(0, place, first);
    tile.rows(s, at.downGradient(), PANEL, length, PANEL, wave, left, downGradient.stride());
    turn(s, at.input(), length, m, wave, gateUpGradient, place, first);
    turn(s, at.activation(), inner, m, wave, downGradient, place, first);
  }

  private void turn(
      float[] x,
      int x0,
      int count,
      MemorySegment m,
      MemorySegment wave,
      TileWeightGradient gradient,
      int place,
      int first) {
    tile.rows(x, x0, PANEL, count, PANEL, m, rows, Tiling.ROW);
    TileCopy.rowsToPairs(
        m,
        rows,
        Tiling.ROW,
        count,
        PANEL / 2,
        wave,
        gradient.right(),
        gradient.depth(),
        gradient.row(place, first) / 2);
  }

  private void load(float[] from, int at, int count, int columns, float[] s, int to) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(from, at + i * width, s, to + i * PANEL, columns);
      Arrays.fill(s, to + i * PANEL + columns, to + (i + 1) * PANEL, 0f);
    }
  }

  /** {@code du = r * (dOut - out * mean(out * dOut))} for each column. */
  private void normBackward(Frame frame, int first, int columns, float[] s, int out, int du) {
    float[] mean = new float[PANEL];
    float[] factors = new float[PANEL];
    System.arraycopy(inverseRms.array(frame), inverseRms.offset() + first, factors, 0, columns);
    for (int i = 0; i < length * PANEL; i += PANEL) {
      for (int j = 0; j < PANEL; j++) {
        mean[j] += s[out + i + j] * s[du + i + j];
      }
    }
    for (int j = 0; j < PANEL; j++) {
      mean[j] /= length;
    }
    for (int i = 0; i < length * PANEL; i += PANEL) {
      for (int j = 0; j < PANEL; j++) {
        s[du + i + j] = factors[j] * (s[du + i + j] - s[out + i + j] * mean[j]);
      }
    }
  }

  @Override
  public void weights(Wave wave, Worker worker) {
    gateUpGradient.add(wave, worker);
    downGradient.add(wave, worker);
  }
}
