package org.trm4j.backend.cpu.kernel.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory of right factors. Off the heap it starts at a cache line, and no garbage collector moves
 * it. On the heap C2 makes fewer checks, and Zen 4, whose tile reads it there, loses nothing when a
 * vector crosses two cache lines.
 */
final class Right {
  private static final int CACHE_LINE = 64;

  private Right() {}

  /** Returns memory filled with zeros, where the tile wants it. */
  static MemorySegment allocate(Tile tile, int floats) {
    int size = Math.max(1, floats);
    return tile == Tile.WIDE
        ? MemorySegment.ofArray(new float[size])
        : Arena.ofAuto().allocate(size * (long) Float.BYTES, CACHE_LINE);
  }

  /** Returns the array of {@link Tile#WIDE}'s memory. */
  static float[] array(MemorySegment right) {
    return (float[]) right.heapBase().orElseThrow();
  }
}
