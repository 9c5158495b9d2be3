package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;

/**
 * Products of whole matrices. They are cut into calls of at most a few hundred microseconds,
 * because the garbage collector has to wait for a critical call.
 */
public final class TileProduct {
  private static final long MULTIPLICATIONS = 1L << 26;

  private final Tiles tiles;
  private final TileCall call;

  /**
   * Takes the memory for arguments, {@link TileCall#BYTES} from {@code from}, a multiple of 64, for
   * one thread.
   */
  public TileProduct(Tiles tiles, MemorySegment memory, long from) {
    this.tiles = tiles;
    this.call = new TileCall(memory, from);
  }

  /**
   * {@code c = a b}.
   *
   * @param a left factor: rows of {@code lda} bytes from {@code a0}, as many as the tiling has
   * @param b right factor in panels {@code apart} bytes apart from {@code b0}
   * @param depth steps of the reduction
   * @param c rows of {@code ldc} bytes from {@code c0}, panels {@code resultApart} bytes apart
   */
  public void multiply(
      MemorySegment a,
      long a0,
      long lda,
      Tiling rows,
      MemorySegment b,
      long b0,
      long apart,
      int depth,
      int panels,
      MemorySegment c,
      long c0,
      long ldc,
      long resultApart) {
    long panel = (long) rows.rows() * Tiling.PANEL * depth * Tiling.DEPTH;
    int most = (int) Math.clamp(MULTIPLICATIONS / panel, 1, panels);
    for (int p = 0; p < panels; p += most) {
      tiles.run(
          call.left(a, a0, lda)
              .right(b, b0 + p * apart, depth, Math.min(most, panels - p), apart)
              .result(c, c0 + p * resultApart, ldc, resultApart)
              .rows(rows));
    }
  }

  /** {@link #multiply} with a right factor and results without gaps, results in whole rows. */
  public void multiply(
      MemorySegment a,
      long a0,
      long lda,
      Tiling rows,
      MemorySegment b,
      long b0,
      int depth,
      int panels,
      MemorySegment c,
      long c0,
      long ldc) {
    long apart = (long) depth * Tiling.STEP;
    multiply(a, a0, lda, rows, b, b0, apart, depth, panels, c, c0, ldc, Tiling.RESULT);
  }

  /**
   * The products of whole tiles of gate and up rows with one panel, tiles of both in turn: [count]
   * [2][16][32].
   *
   * @param a rows of gate from {@code a0}, those of up {@code up} bytes behind
   */
  public void gateUp(
      MemorySegment a,
      long a0,
      long lda,
      long up,
      int count,
      MemorySegment b,
      long b0,
      int depth,
      MemorySegment c,
      long c0) {
    long tile = (long) Tiling.HEIGHT * Tiling.RESULT;
    tiles.run(
        call.left(a, a0, lda)
            .right(b, b0, depth, 1, 0)
            .result(c, c0, Tiling.RESULT, 0)
            .pairs(Tiling.HEIGHT, count, 0, up, tile, Tiling.HEIGHT * lda, 2 * tile));
  }
}
