package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;

/**
 * The loops between products of tiles. They round floats to bfloat16, to nearest even, in the
 * layouts of {@link Tiling}, and process results while these are in the cache. All arithmetic is in
 * floats.
 */
public interface TileKernels {

  /** Rounds rows to rows of a left factor, with zeros up to a whole step of the reduction. */
  void rows(
      float[] x, int x0, int ldx, int rows, int columns, MemorySegment to, long at, long stride);

  /**
   * Rounds rows to rows {@code first ... first + filled} of a right factor of {@code depth} steps,
   * with zeros up to whole panels and for rows from {@code rows} on.
   *
   * @param first even
   * @param filled even, at least {@code rows}
   * @param at where the right factor starts
   */
  void pairs(
      float[] x,
      int x0,
      int ldx,
      int rows,
      int filled,
      int columns,
      MemorySegment to,
      long at,
      int depth,
      int first);

  /**
   * {@code silu(gate) * up} of results [rows][16 gate, 16 up], rounded to 16 columns of rows of a
   * left factor.
   */
  void swiGluRows(MemorySegment results, long from, int rows, MemorySegment to, long at, long ld);

  /**
   * {@code silu(gate) * up} of results [16][32] of gate, then of up, rounded to 8 pairs of rows of
   * one panel; {@code at} is the first of them.
   */
  void swiGluPairs(MemorySegment results, long from, MemorySegment to, long at);

  /**
   * {@code u = x + product; out = u * r} with {@code r = 1 / sqrt(mean(u^2) + epsilon)} for one
   * row; returns r.
   */
  float residualNorm(
      MemorySegment product,
      long from,
      float[] x,
      int x0,
      int n,
      float epsilon,
      float[] out,
      int o0);

  /**
   * {@link #residualNorm} for each column of a panel of products [rows][32].
   *
   * @param columns the number of valid columns, at most 32
   * @param x rows of stride {@code ldx}, as {@code out}
   * @param r receives the factors, [32]
   */
  void residualNormColumns(
      MemorySegment product,
      long from,
      int rows,
      int columns,
      float[] x,
      int x0,
      int ldx,
      float epsilon,
      float[] out,
      int o0,
      float[] r);
}
