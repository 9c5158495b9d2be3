package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.RmsNorm;
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
import org.trm4j.plan.operation.SwiGlu;

/** Runs {@link SwiGlu.Backward} on blocks of rows; gate and up come from {@link TileSwiGluStep}. */
final class TileSwiGluBackwardStep implements Step.WithWeights {
  private static final int MAX_ROWS = 64;

  private final Tiles tiles;
  private final TileKernels tile;
  private final Kernels kernels;
  private final BufferLocation input;
  private final BufferLocation output;
  private final BufferLocation inverseRms;
  private final BufferLocation outputGradient;
  private final BufferLocation inputGradient;
  private final RightWeight down;
  private final RightWeight gateUp;
  private final TileWeightGradient gateUpGradient;
  private final TileWeightGradient downGradient;
  private final int length;
  private final int width;
  private final int inner;
  private final int kept;
  private final long need;
  // Offsets in the scratch memory.
  private final long call;
  private final long duRows;
  private final long dRows;
  private final long results;
  private final long resultStride;
  private final long turned;
  private final long bytes;

  TileSwiGluBackwardStep(SwiGlu.Backward operation, StepContext context, TileSteps steps) {
    tiles = steps.tiles();
    tile = steps.kernels();
    kernels = context.kernels();
    input = context.locate(operation.input());
    output = context.locate(operation.output());
    inverseRms = context.locate(operation.inverseRms());
    outputGradient = context.locate(operation.outputGradient());
    inputGradient = context.locate(operation.inputGradient());
    down = RightWeight.byInput(context, operation.down());
    gateUp = RightWeight.byInput(context, operation.gateUp());
    length = operation.input().shape().dim(0);
    width = operation.input().shape().dim(1);
    inner = operation.down().shape().dim(1);
    kept = context.kept().offset(operation.output());
    Offsets factors = new Offsets();
    int places = Math.ceilDiv(length, 2) * 2;
    gateUpGradient =
        new TileWeightGradient(
            tiles,
            context.weights().offset(operation.gateUp()),
            2 * inner,
            width,
            places,
            context.wave(),
            factors);
    downGradient =
        new TileWeightGradient(
            tiles,
            context.weights().offset(operation.down()),
            width,
            inner,
            places,
            context.wave(),
            factors);
    need = factors.size();
    int rows = Tiling.padded(Math.min(length, MAX_ROWS));
    Offsets offsets = new Offsets();
    call = offsets.take(TileCall.BYTES);
    duRows = offsets.take(Tiling.left(rows, width));
    dRows = offsets.take(Tiling.left(rows, 2 * inner));
    resultStride = (long) Math.max(down.panels, gateUp.panels) * Tiling.RESULT + Tiling.ROW;
    results = offsets.take(rows * resultStride);
    turned = offsets.take(Tiling.right(rows, Math.max(width, inner)));
    bytes = offsets.size();
  }

  @Override
  public Wave.Need need() {
    return new Wave.Need(0, 0, 0, 0, need);
  }

  /** Workers share rows in pairs, because the factors of the weight gradients hold pairs. */
  @Override
  public void run(Frame frame, Worker worker) {
    int pairs = Math.ceilDiv(length, 2);
    int to = Math.min(2 * worker.to(pairs), length);
    for (int first = 2 * worker.from(pairs); first < to; first += MAX_ROWS) {
      block(frame, worker, first, Math.min(MAX_ROWS, to - first));
    }
  }

  private void block(Frame frame, Worker worker, int first, int rows) {
    float[] s = worker.scratch(rows * (width + 3 * inner));
    int du = 0;
    int act = rows * width;
    int gate = act + rows * inner;
    int up = gate + rows * inner;
    normBackward(frame, first, rows, s, du);
    loadKept(frame, first, rows, s, gate, up);
    MemorySegment m = worker.bytes(bytes);
    TileProduct product = new TileProduct(tiles, m, call);
    Tiling tiling = Tiling.of(rows);
    long duStride = Tiling.leftStride(width);
    tile.rows(s, du, width, rows, width, m, duRows, duStride);
    product.multiply(
        m,
        duRows,
        duStride,
        tiling,
        down.data,
        0,
        down.depth,
        down.panels,
        m,
        results,
        resultStride);
    TileCopy.results(m, results, resultStride, rows, inner, s, act, inner);
    kernels.swiGluBackward(s, gate, s, up, s, act, rows * inner);
    long dStride = Tiling.leftStride(2 * inner);
    tile.rows(s, gate, inner, rows, inner, m, dRows, dStride);
    tile.rows(s, up, inner, rows, inner, m, dRows + 2L * inner, dStride);
    product.multiply(
        m,
        dRows,
        dStride,
        tiling,
        gateUp.data,
        0,
        gateUp.depth,
        gateUp.panels,
        m,
        results,
        resultStride);
    float[] target = inputGradient.array(frame);
    int to = inputGradient.offset() + first * width;
    System.arraycopy(s, du, target, to, rows * width);
    TileCopy.addResults(m, results, resultStride, rows, width, target, to, width);
    factors(frame, m, first, rows, s, new Places(du, act, gate, up));
  }

  /** Offsets of the factors of the weight gradients in scratch memory, each [rows, width]. */
  private record Places(int downGradient, int activation, int gate, int up) {}

  private void factors(Frame frame, MemorySegment m, int first, int rows, float[] s, Places at) {
    MemorySegment wave = frame.wave().bytes;
    int place = frame.place;
    int filled = Math.ceilDiv(rows, 2) * 2;
    tile.pairs(
        input.array(frame),
        input.offset() + first * width,
        width,
        rows,
        filled,
        width,
        wave,
        gateUpGradient.right(),
        gateUpGradient.depth(),
        gateUpGradient.row(place, first));
    tile.pairs(
        s,
        at.activation(),
        inner,
        rows,
        filled,
        inner,
        wave,
        downGradient.right(),
        downGradient.depth(),
        downGradient.row(place, first));
    turn(s, at.downGradient(), rows, width, m, wave, downGradient, 0, place, first);
    turn(s, at.gate(), rows, inner, m, wave, gateUpGradient, 0, place, first);
    turn(s, at.up(), rows, inner, m, wave, gateUpGradient, inner, place, first);
  }

  /** Writes the transpose of rows of x as rows of a gradient's left factor. */
  private void turn(
      float[] x,
      int x0,
      int rows,
      int columns,
      MemorySegment m,
      MemorySegment wave,
      TileWeightGradient gradient,
      int row,
      int place,
      int first) {
    int depth = Tiling.depth(rows);
    int filled = Math.ceilDiv(rows, 2) * 2;
    tile.pairs(x, x0, columns, rows, filled, columns, m, turned, depth, 0);
    TileCopy.pairsToRows(
        m,
        turned,
        depth,
        filled / 2,
        columns,
        wave,
        gradient.left(row, place, first),
        gradient.stride());
  }

  private void loadKept(Frame frame, int first, int rows, float[] s, int gate, int up) {
    int half = Tiling.HEIGHT;
    for (int p = 0; p < inner / half; p++) {
      for (int i = 0; i < rows; i++) {
        int from = kept + (p * length + first + i) * Tiling.PANEL;
        System.arraycopy(frame.kept, from, s, gate + i * inner + p * half, half);
        System.arraycopy(frame.kept, from + half, s, up + i * inner + p * half, half);
      }
    }
  }

  private void normBackward(Frame frame, int first, int rows, float[] s, int du) {
    for (int i = 0; i < rows; i++) {
      int row = (first + i) * width;
      RmsNorm.rowBackward(
          kernels,
          output.array(frame),
          output.offset() + row,
          outputGradient.array(frame),
          outputGradient.offset() + row,
          inverseRms.array(frame)[inverseRms.offset() + first + i],
          width,
          s,
          du + i * width);
    }
  }

  @Override
  public void weights(Wave wave, Worker worker) {
    gateUpGradient.add(wave, worker);
    downGradient.add(wave, worker);
  }
}
