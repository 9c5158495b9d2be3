package org.trm4j.backend.cpu.operation.tile;

/** Gives parts of a block of memory their places, each from the start of a cache line. */
final class Offsets {
  private static final long LINE = 64;

  private long size;

  long take(long bytes) {
    long at = size;
    size = Math.addExact(size, (bytes + LINE - 1) / LINE * LINE);
    return at;
  }

  long size() {
    return size;
  }
}
