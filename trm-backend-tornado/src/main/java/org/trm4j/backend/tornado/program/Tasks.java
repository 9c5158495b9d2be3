package org.trm4j.backend.tornado.program;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.Staging;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of one operation with their operands: locations in arrays, and sizes. Two operations
 * with equal kernels and ranges share a compiled graph, because only the operands differ. A kernel
 * is compiled for all sizes, so a driver that caches kernels can use it for every model.
 */
public final class Tasks {
  public final KernelContext context = new KernelContext();
  public final DeviceArrays arrays;
  final List<Task> list = new ArrayList<>();
  public final List<OperandLocation> operands = new ArrayList<>();

  /** The most sequences of a launch. */
  public final int places;

  /** The number of floats of scratch memory of a sequence, which the kernels share. */
  public int scratch;

  /** Staging arrays of each sequence. */
  public Staging stagedEach = Staging.NONE;

  /** Staging arrays that all sequences share. */
  public Staging stagedOnce = Staging.NONE;

  private final int scratchFrom;

  /** Adds a kernel to a graph, under a name, with the operands of the graph's launches. */
  public interface Adder {
    void add(TaskGraph graph, String name, IntArray operands);
  }

  /**
   * A kernel.
   *
   * @param kernel its name
   * @param constants everything compiled into it, and its arrays
   * @param range the number of items
   * @param adder adds it to a graph
   */
  record Task(String kernel, List<Object> constants, Range range, Adder adder) {
    /** Returns a value that is equal for equal kernels. */
    Object key() {
      return List.of(kernel, constants, range);
    }
  }

  /** The number of items of a launch. */
  public record Range(int x, int y, int z) {
    /** The range of a library's function, which is not a kernel. */
    public static final Range NONE = new Range(0, 0, 0);
  }

  public Tasks(DeviceArrays arrays, int places, int scratchFrom) {
    this.arrays = arrays;
    this.places = places;
    this.scratchFrom = scratchFrom;
  }

  /** Returns the index of a new operand. */
  public int operand(OperandLocation place) {
    operands.add(place);
    return Address.BUFFERS + 2 * (operands.size() - 1);
  }

  /** Returns the index of the first of new operands. */
  public int operands(OperandLocation... places) {
    int at = operand(places[0]);
    for (int i = 1; i < places.length; i++) {
      operand(places[i]);
    }
    return at;
  }

  /** Adds numbers, which follow the operands added so far. */
  public void numbers(int... values) {
    for (int value : values) {
      operand(OperandLocation.number(value));
    }
  }

  /** Returns scratch memory with the given number of floats for each sequence. */
  public OperandLocation scratch(int floats) {
    OperandLocation place =
        new OperandLocation(OperandLocation.Kind.SEQUENCE, Math.addExact(scratchFrom, scratch));
    scratch = Math.addExact(scratch, Math.ceilDiv(floats, 16) * 16);
    return place;
  }

  /** Requests staging arrays for each sequence, and staging arrays that all share. */
  public void stage(Staging each, Staging once) {
    stagedEach = stagedEach.max(each);
    stagedOnce = stagedOnce.max(once);
  }

  /** Returns a range of x items for each sequence. */
  public Range range(int x) {
    return range(x, 1);
  }

  /** Returns a range of x times y items for each sequence. */
  public Range range(int x, int y) {
    return new Range(x, y, places);
  }

  public void add(String kernel, Range range, Adder adder, Object... constants) {
    list.add(new Task(kernel, List.of(constants), range, adder));
  }

  public FloatArray arena() {
    return arrays.arena;
  }

  Object key() {
    return list.stream().map(Task::key).toList();
  }
}
