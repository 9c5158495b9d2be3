package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.trm4j.backend.cpu.kernel.amx.TileCall;
import org.trm4j.backend.cpu.kernel.amx.TileCopy;
import org.trm4j.backend.cpu.kernel.amx.TileProduct;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.thread.Worker;

/**
 * {@code gradient [rows, columns] += left right} for one weight, summed in floats; each worker
 * computes its own rows. The reduction runs over the sequences of a wave, each of which has its own
 * places.
 */
final class TileWeightGradient {
  private static final int BLOCK = 64;

  private final Tiles tiles;
  private final int offset;
  private final int rows;
  private final int columns;
  private final int places;
  private final int reserved;
  private final int depth;
  private final long left;
  private final long right;

  /**
   * Takes its part of the wave's memory.
   *
   * @param offset of the weight among the gradients
   * @param places of one sequence, an even number
   * @param wave sequences of a wave
   */
  TileWeightGradient(
      Tiles tiles, int offset, int rows, int columns, int places, int wave, Offsets memory) {
    this.tiles = tiles;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.places = places;
    this.reserved = Math.multiplyExact(places, wave);
    this.depth = Tiling.depth(reserved);
    // A worker's last tile may read a row or more beyond its share.
    this.left = memory.take(Tiling.left(rows + Tiling.HEIGHT, reserved));
    this.right = memory.take(Tiling.right(reserved, columns));
  }

  /** Returns the row stride of the left factor in bytes. */
  long stride() {
    return Tiling.leftStride(reserved);
  }

  /** Returns the offset of place {@code at} in a row of the left factor. */
  long left(int row, int sequence, int at) {
    return left + row * stride() + 2L * ((long) sequence * places + at);
  }

  /** Returns the offset of the right factor. */
  long right() {
    return right;
  }

  /** Returns the row of the right factor that place {@code at} of a sequence is. */
  int row(int sequence, int at) {
    return sequence * places + at;
  }

  /** Returns the number of steps of the right factor. */
  int depth() {
    return depth;
  }

  /** Adds this worker's share; every worker must call it. */
  void add(Wave wave, Worker worker) {
    int length = wave.count * places;
    int steps = Tiling.depth(length);
    int from = worker.from(rows);
    int to = worker.to(rows);
    // The rest of the last step: zeros on both sides, because old values may be infinite.
    for (int row = from; row < to; row++) {
      long end = left + row * stride() + (long) steps * Tiling.ROW;
      long start = left + row * stride() + 2L * length;
      wave.bytes.asSlice(start, end - start).fill((byte) 0);
    }
    if (worker.index() == 0) {
      clear(wave.bytes, length / 2, steps * Tiling.HEIGHT);
    }
    worker.await();
    long stride = (long) Tiling.panels(columns) * Tiling.RESULT;
    Offsets offsets = new Offsets();
    long call = offsets.take(TileCall.BYTES);
    long sums = offsets.take(BLOCK * stride);
    MemorySegment s = worker.bytes(offsets.size());
    TileProduct product = new TileProduct(tiles, s, call);
    for (int row = from; row < to; row += BLOCK) {
      int count = Math.min(BLOCK, to - row);
      product.multiply(
          wave.bytes,
          left + row * stride(),
          stride(),
          Tiling.of(count),
          wave.bytes,
          right,
          (long) depth * Tiling.STEP,
          steps,
          Tiling.panels(columns),
          s,
          sums,
          stride,
          Tiling.RESULT);
      int target = offset + row * columns;
      TileCopy.addResults(s, sums, stride, count, columns, wave.gradients.values, target, columns);
    }
  }

  private void clear(MemorySegment memory, int from, int to) {
    for (int column = 0; column < Tiling.panels(columns) * Tiling.PANEL; column++) {
      for (int pair = from; pair < to; pair++) {
        memory.set(ValueLayout.JAVA_INT, right + Tiling.pair(depth, pair, column), 0);
      }
    }
  }
}
