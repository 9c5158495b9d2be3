package org.trm4j.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;

/**
 * Decides the offsets of buffers. A buffer is alive from each write to the last read before the
 * next write; a buffer that a loop reads and that is alive at its start stays alive to the loop's
 * end. The largest buffers come first, each at the lowest free offset.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class BufferPlanner {
  private final Map<Buffer, List<Lifetime>> lifetimes = new LinkedHashMap<>();
  private int time;

  /** The operations from a write to its last read, both included. */
  private static final class Lifetime {
    final int from;
    int to;

    Lifetime(int from, int to) {
      this.from = from;
      this.to = to;
    }

    void extend(int time) {
      to = Math.max(to, time);
    }
  }

  private BufferPlanner() {}

  /**
   * Returns an allocation for a node list.
   *
   * @param alignment every offset is a multiple of it, in floats
   * @throws ArithmeticException if the buffers have 2^31 values or more together
   */
  public static Allocation allocate(List<PlanNode> nodes, int alignment) {
    BufferPlanner planner = new BufferPlanner();
    planner.scan(nodes);
    return planner.place(alignment);
  }

  private void scan(List<PlanNode> nodes) {
    for (PlanNode node : nodes) {
      switch (node) {
        case Operation operation -> {
          operation.reads().forEach(this::read);
          operation.writes().forEach(this::write);
          time++;
        }
        case PlanNode.Repeat repeat -> {
          int from = time;
          scan(repeat.body());
          for (List<Lifetime> intervals : lifetimes.values()) {
            // A value that the loop reads before it writes it comes from the previous round.
            if (intervals.stream().anyMatch(i -> i.from < from && i.to >= from)) {
              intervals.getLast().extend(time - 1);
            }
          }
        }
      }
    }
  }

  /** States and inputs have memory of their own. */
  private static boolean planned(Buffer buffer) {
    return buffer.role() == Buffer.Role.TEMPORARY || buffer.role() == Buffer.Role.OUTPUT;
  }

  private void read(Buffer buffer) {
    if (planned(buffer)) {
      List<Lifetime> intervals = lifetimes.get(buffer);
      if (intervals == null) {
        throw new IllegalArgumentException(
            "buffer planner: " + buffer + " is read before it is written");
      }
      intervals.getLast().extend(time);
    }
  }

  private void write(Buffer buffer) {
    if (planned(buffer)) {
      int end = buffer.role() == Buffer.Role.OUTPUT ? Integer.MAX_VALUE : time;
      lifetimes.computeIfAbsent(buffer, b -> new ArrayList<>()).add(new Lifetime(time, end));
    }
  }

  private Allocation place(int alignment) {
    List<Buffer> order = new ArrayList<>(lifetimes.keySet());
    order.sort(Comparator.comparingLong((Buffer b) -> b.shape().size()).reversed());
    Map<Buffer, Integer> offsets = new HashMap<>();
    List<Buffer> placed = new ArrayList<>();
    int size = 0;
    for (Buffer buffer : order) {
      int offset = lowestFit(buffer, placed, offsets, alignment);
      offsets.put(buffer, offset);
      placed.add(buffer);
      placed.sort(Comparator.comparingInt(b -> Objects.requireNonNull(offsets.get(b))));
      size = Math.max(size, Math.addExact(offset, buffer.shape().intSize()));
    }
    return new Allocation(offsets, size);
  }

  private int lowestFit(
      Buffer buffer, List<Buffer> placed, Map<Buffer, Integer> offsets, int alignment) {
    int offset = 0;
    for (Buffer other : placed) {
      int start = Objects.requireNonNull(offsets.get(other));
      int end = start + other.shape().intSize();
      if (together(buffer, other) && end > offset && start < offset + buffer.shape().intSize()) {
        offset = Math.multiplyExact(Math.ceilDiv(end, alignment), alignment);
      }
    }
    return offset;
  }

  private boolean together(Buffer a, Buffer b) {
    for (Lifetime x : Objects.requireNonNull(lifetimes.get(a))) {
      for (Lifetime y : Objects.requireNonNull(lifetimes.get(b))) {
        if (x.from <= y.to && y.from <= x.to) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The location of each temporary and output buffer of one sequence in a workspace. Buffers that
   * are never alive at the same time may share memory.
   *
   * @param offsets first float of each buffer; states are not among them
   * @param size floats of the workspace
   */
  public record Allocation(Map<Buffer, Integer> offsets, int size) {
    /** Copies the map. */
    public Allocation {
      offsets = Map.copyOf(offsets);
    }
  }
}
