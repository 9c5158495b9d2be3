package org.trm4j.backend.tornado.program;

import java.util.List;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.Staging;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The layout of the arena: the kept buffers of every slot, then a workspace for each sequence of a
 * wave. A batch whose workspaces do not fit into the device's memory runs in several waves.
 *
 * @param slots sequences of the session
 * @param slotSize floats that a slot keeps
 * @param need the memory that a sequence of a wave needs
 * @param wave the number of workspaces
 */
public record Workspace(int slots, int slotSize, Need need, int wave) {

  /**
   * The memory that operations need.
   *
   * @param size floats of a workspace: the planned buffers and the largest scratch memory
   * @param each staging arrays of each sequence
   * @param once staging arrays that all share
   */
  public record Need(int size, Staging each, Staging once) {
    public static Need of(List<PlanNode> nodes, TaskContext context, TaskFactory factory) {
      DeviceArrays none =
          new DeviceArrays(
              new DeviceArrays.Sizes(1, 1, 1, 1, 1, 1, Staging.NONE),
              DeviceArrays.zeros(1),
              DeviceArrays.zeros(1),
              DeviceArrays.zeros(1));
      Need most = most(nodes, context, factory, none);
      return new Need(Math.addExact(context.allocation().size(), most.size), most.each, most.once);
    }

    private static Need most(
        List<PlanNode> nodes, TaskContext context, TaskFactory factory, DeviceArrays none) {
      Need most = new Need(0, Staging.NONE, Staging.NONE);
      for (PlanNode node : nodes) {
        Need need =
            switch (node) {
              case PlanNode.Repeat repeat -> most(repeat.body(), context, factory, none);
              case Operation operation -> {
                Tasks tasks = new Tasks(none, 1, 0);
                factory.add(operation, context, tasks);
                yield new Need(tasks.scratch, tasks.stagedEach, tasks.stagedOnce);
              }
            };
        most =
            new Need(
                Math.max(most.size, need.size), most.each.max(need.each), most.once.max(need.once));
      }
      return most;
    }
  }

  /**
   * Divides memory.
   *
   * @param what the session, for messages
   * @param other bytes of all other arrays
   */
  public static Workspace fit(
      String what, int slots, int slotSize, Need need, long other, DeviceLimits limits) {
    long kept = 4L * slots * slotSize;
    long array = Math.min(limits.array(), 4L * Integer.MAX_VALUE);
    long each = 4L * need.size + need.each.bytes();
    long all = other + kept + need.once.bytes();
    long most =
        Math.min(
            (limits.memory() - all) / Math.max(1, each),
            Math.min(
                (array - kept) / Math.max(1, 4L * need.size),
                array / Math.max(1, 4L * need.each.largest())));
    if (most < 1) {
      long needed = all + each;
      throw new BackendException(
          "%s: %s slots need at least %s MiB on %s, found %s MiB in all and %s MiB an array; use fewer slots, or raise -Dtornado.device.memory where the device has more"
              .formatted(
                  what,
                  slots,
                  Math.ceilDiv(needed, 1 << 20),
                  limits.device(),
                  limits.memory() >> 20,
                  limits.array() >> 20));
    }
    int waves = Math.ceilDiv(slots, (int) Math.min(most, slots));
    return new Workspace(slots, slotSize, need, Math.ceilDiv(slots, waves));
  }

  /** Returns the number of floats of the arena. */
  public int arena() {
    return Math.addExact(Math.multiplyExact(slots, slotSize), Math.multiplyExact(wave, need.size));
  }

  /** Returns the number of floats of the staging arrays. */
  public Staging staging() {
    return need.each.times(wave).max(need.once);
  }

  /** Writes the operands of a launch: its slots, then a base and a stride for each operand. */
  public void fill(IntArray array, List<OperandLocation> operands, int firstSlot, int count) {
    array.set(Address.FIRST, firstSlot);
    array.set(Address.COUNT, count);
    int at = Address.BUFFERS;
    for (OperandLocation place : operands) {
      array.set(at++, base(place, firstSlot));
      array.set(at++, stride(place));
    }
  }

  /** Returns the offset of an operand for the first slot of a launch. */
  public int base(OperandLocation place, int firstSlot) {
    return switch (place.kind()) {
      case SLOT -> firstSlot * slotSize + place.offset();
      case SEQUENCE -> slots * slotSize + place.offset();
      case SHARED -> place.offset();
    };
  }

  /** Returns the stride of an operand from one sequence to the next. */
  public int stride(OperandLocation place) {
    return switch (place.kind()) {
      case SLOT -> slotSize;
      case SEQUENCE -> need.size;
      case SHARED -> 0;
    };
  }
}
