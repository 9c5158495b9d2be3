package org.trm4j.backend.cpu.operation.tile;

import java.lang.foreign.MemorySegment;
import org.trm4j.backend.cpu.kernel.Rotary;
import org.trm4j.backend.cpu.kernel.amx.TileCopy;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileProduct;
import org.trm4j.backend.cpu.kernel.amx.Tiling;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.model.ParameterSpec;

/** Queries, keys and values of each head; the rotation is computed in floats. */
final class TileHeads {
  static final int QUERIES = 0;
  static final int KEYS = 1;
  static final int VALUES = 2;

  private final RightWeight[][] weights;
  private final Rotary rotary;
  final int length;
  final int width;
  final int size;

  /** Returns the bytes of rows of the layer's input as a left factor. */
  final long inputBytes;

  /** Returns the bytes of rows of one head as a left factor. */
  final long rowBytes;

  final long rowStride;

  /** Returns the bytes of results, [length][size]. */
  final long resultBytes;

  final long resultStride;

  /** Returns the bytes of a head as a right factor whose reduction runs over channels. */
  final long byChannel;

  /** Returns the bytes of a head as a right factor whose reduction runs over positions. */
  final long byPosition;

  TileHeads(StepContext context, ParameterSpec qkv, int length, int heads, double rotaryBase) {
    this.length = length;
    width = qkv.shape().dim(1);
    size = width / heads;
    rotary = new Rotary(length, size, rotaryBase);
    weights = new RightWeight[3][heads];
    for (int part = 0; part < 3; part++) {
      for (int head = 0; head < heads; head++) {
        weights[part][head] = RightWeight.byOutput(context, qkv, part * width + head * size, size);
      }
    }
    inputBytes = Tiling.left(length, width);
    rowBytes = Tiling.left(length, size);
    rowStride = Tiling.leftStride(size);
    resultStride = (long) Tiling.panels(size) * Tiling.RESULT;
    resultBytes = Tiling.padded(length) * resultStride;
    byChannel = Tiling.right(size, length);
    byPosition = Tiling.right(length, size);
  }

  int depthOfChannels() {
    return Tiling.depth(size);
  }

  int depthOfPositions() {
    return Tiling.depth(length);
  }

  void input(TileKernels kernels, float[] in, int in0, MemorySegment m, long x) {
    kernels.rows(in, in0, width, length, width, m, x, Tiling.leftStride(width));
  }

  /** Projects the input to rows [L][size] of floats. */
  void project(
      TileProduct product,
      int part,
      int head,
      MemorySegment m,
      long x,
      long results,
      float[] out,
      int out0) {
    RightWeight w = weights[part][head];
    product.multiply(
        m,
        x,
        Tiling.leftStride(width),
        Tiling.of(length),
        w.data,
        0,
        w.depth,
        w.panels,
        m,
        results,
        resultStride);
    TileCopy.results(m, results, resultStride, length, size, out, out0, size);
    if (part != VALUES) {
      rotary.rotate(out, out0, length, size);
    }
  }

  void rotateBack(float[] x, int x0) {
    rotary.rotateBack(x, x0, length, size);
  }

  /** Rounds rows of a head to a left factor. */
  void rows(TileKernels kernels, float[] x, int x0, int ld, MemorySegment m, long to) {
    kernels.rows(x, x0, ld, length, size, m, to, rowStride);
  }

  /** Makes the right factor over channels of a left factor: {@code x^T}. */
  void byChannel(MemorySegment m, long rows, long to) {
    TileCopy.rowsToPairs(
        m, rows, rowStride, length, depthOfChannels() * Tiling.HEIGHT, m, to, depthOfChannels(), 0);
  }

  /** Rounds rows of a head to a right factor over positions. */
  void byPosition(TileKernels kernels, float[] x, int x0, int ld, MemorySegment m, long to) {
    int depth = depthOfPositions();
    kernels.pairs(x, x0, ld, length, depth * Tiling.DEPTH, size, m, to, depth, 0);
  }
}
