package org.trm4j.backend.cpu.thread;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/**
 * One thread's place among those that work on the same thing, with its scratch memory.
 *
 * @param index 0..count-1
 * @param count workers that share the work
 * @param barrier of these workers
 * @param memory scratch of the thread
 */
public record Worker(int index, int count, Barrier barrier, Memory memory) {

  /** Scratch memory that grows on demand. */
  public static final class Memory {
    private static final long LINE = 64;

    private float[] floats = new float[0];
    private MemorySegment bytes = MemorySegment.NULL;
    private MemorySegment panels = MemorySegment.NULL;
    private int panelFloats;

    /** Lets go of the memory, which comes again when it is asked for. */
    void free() {
      floats = new float[0];
      bytes = MemorySegment.NULL;
      panels = MemorySegment.NULL;
      panelFloats = 0;
    }

    /**
     * Returns at least so many bytes off the heap from the start of a cache line, with arbitrary
     * contents. They are freed when nobody refers to them any more.
     */
    MemorySegment bytes(long size) {
      if (bytes.byteSize() < size) {
        bytes = Arena.ofAuto().allocate(size, LINE);
      }
      return bytes;
    }

    /**
     * Returns at least so many floats with arbitrary contents, the same array until more are asked
     * for.
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

  /** Returns scratch memory off the heap, from the start of a cache line. */
  public MemorySegment bytes(long size) {
    return memory.bytes(size);
  }

  /** Returns scratch memory for right factors, as {@link #scratch} does; an allocator makes it. */
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
