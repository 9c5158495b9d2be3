package org.trm4j.backend.cpu.operation.tile;

/** Lays out the parts of a block of memory; each starts at a cache line. */
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
