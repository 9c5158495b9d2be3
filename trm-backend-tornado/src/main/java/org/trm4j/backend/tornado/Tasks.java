package org.trm4j.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The kernels of one operation with the operands that they read. Two operations of equal kernels
 * and constants share a compiled graph: only the operands differ.
 */
final class Tasks {
  final KernelContext context = new KernelContext();
  final DeviceArrays arrays;
  final List<Task> list = new ArrayList<>();
  final List<Place> operands = new ArrayList<>();

  /** The most sequences of a launch. */
  final int places;

  /** Floats of scratch memory of a sequence that the kernels share. */
  int scratch;

  private final int scratchFrom;

  /** Adds a kernel to a graph, under a name, with the operands of the graph's launches. */
  interface Adder {
    void add(TaskGraph graph, String name, IntArray operands);
  }

  /**
   * A kernel.
   *
   * @param kernel its name
   * @param constants all that is compiled into it
   * @param threads items that it needs
   * @param adder adds it to a graph
   */
  record Task(String kernel, List<Object> constants, int threads, Adder adder) {
    /** Returns what is equal for equal kernels. */
    Object key() {
      return List.of(kernel, constants, threads);
    }
  }

  Tasks(DeviceArrays arrays, int places, int scratchFrom) {
    this.arrays = arrays;
    this.places = places;
    this.scratchFrom = scratchFrom;
  }

  /** Returns the index of a new operand. */
  int operand(Place place) {
    operands.add(place);
    return Address.BUFFERS + 2 * (operands.size() - 1);
  }

  /** Returns the index of the first of new operands. */
  int operands(Place... places) {
    int at = operand(places[0]);
    for (int i = 1; i < places.length; i++) {
      operand(places[i]);
    }
    return at;
  }

  /** Returns scratch memory of that many floats for each sequence. */
  Place scratch(int floats) {
    Place place = new Place(Place.Kind.SEQUENCE, Math.addExact(scratchFrom, scratch));
    scratch = Math.addExact(scratch, Math.ceilDiv(floats, 16) * 16);
    return place;
  }

  /** Returns the items of a kernel with that many for each sequence. */
  int threads(int... factors) {
    int threads = places;
    for (int factor : factors) {
      threads = Math.multiplyExact(threads, factor);
    }
    return threads;
  }

  void add(String kernel, int threads, Adder adder, Object... constants) {
    list.add(new Task(kernel, List.of(constants), threads, adder));
  }

  FloatArray arena() {
    return arrays.arena;
  }

  Object key() {
    return list.stream().map(Task::key).toList();
  }
}
