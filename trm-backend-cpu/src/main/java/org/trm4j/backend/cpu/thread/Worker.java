package org.trm4j.backend.cpu.thread;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/**
 * One thread's place among those that share a piece of work, with its scratch memory.
 *
 * @param index 0..count-1
 * @param count the number of workers that share the work
 * @param barrier the barrier of these workers
 * @param memory the thread's scratch memory
 */
public record Worker(int index, int count, Barrier barrier, Memory memory) {

  /** Scratch memory that grows on demand. */
  public static final class Memory {
    private static final long LINE = 64;

    private float[] floats = new float[0];
    private MemorySegment bytes = MemorySegment.NULL;
    private MemorySegment panels = MemorySegment.NULL;
    private int panelFloats;

    /** Releases the memory; it is allocated again on demand. */
    void free() {
      floats = new float[0];
      bytes = MemorySegment.NULL;
      panels = MemorySegment.NULL;
      panelFloats = 0;
    }

    /**
     * Returns at least the given number of off-heap bytes from the start of a cache line, with
     * arbitrary contents. They are freed once they are unreachable.
     */
    MemorySegment bytes(long size) {
      if (bytes.byteSize() < size) {
        bytes = Arena.ofAuto().allocate(size, LINE);
      }
      return bytes;
    }

    /**
     * Returns at least the given number of floats with arbitrary contents; the array stays the same
     * until more are requested.
     */
    float[] floats(int size) {
      if (floats.length < size) {
        floats = new float[size];
      }
      return floats;
    }

    MemorySegment panels(int size, IntFunction<MemorySegment> allocator) {
      if (panelFloats < size) {
        panels = allocator.apply(size);
        panelFloats = size;
      }
      return panels;
    }
  }

  public float[] scratch(int size) {
    return memory.floats(size);
  }

  /** Returns off-heap scratch memory from the start of a cache line. */
  public MemorySegment bytes(long size) {
    return memory.bytes(size);
  }

  /** Returns scratch memory for right factors, as {@link #scratch} does, made by an allocator. */
  public MemorySegment panels(int size, IntFunction<MemorySegment> allocator) {
    return memory.panels(size, allocator);
  }

  /** Returns the first of this worker's items when {@code items} are cut into equal shares. */
  public int from(int items) {
    return (int) ((long) items * index / count);
  }

  /** Returns the end of this worker's items. */
  public int to(int items) {
    return (int) ((long) items * (index + 1) / count);
  }

  public void await() {
    barrier.await(index == 0);
  }
}
