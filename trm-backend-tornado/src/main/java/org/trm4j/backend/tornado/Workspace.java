package org.trm4j.backend.tornado;

import java.util.List;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.plan.Operation;
import org.trm4j.plan.PlanNode;

/**
 * How the arena is divided: the kept buffers of every slot, then a workspace for each sequence of a
 * wave. A batch whose workspaces do not fit into the device's memory is run in several waves.
 *
 * @param slots sequences of the session
 * @param slotSize floats that a slot keeps
 * @param size floats of a workspace
 * @param wave workspaces
 */
record Workspace(int slots, int slotSize, int size, int wave) {

  /** Returns the floats of a workspace: the planned buffers and the largest scratch memory. */
  static int size(List<PlanNode> nodes, Lowered lowered) {
    return Math.addExact(lowered.allocation().size(), scratch(nodes, lowered));
  }

  private static int scratch(List<PlanNode> nodes, Lowered lowered) {
    int most = 0;
    DeviceArrays none =
        new DeviceArrays(
            new DeviceArrays.Sizes(1, 1, 1, 1, 1, 1),
            DeviceArrays.zeros(1),
            DeviceArrays.zeros(1),
            DeviceArrays.zeros(1));
    for (PlanNode node : nodes) {
      int scratch =
          switch (node) {
            case PlanNode.Repeat repeat -> scratch(repeat.body(), lowered);
            case Operation operation -> {
              Tasks tasks = new Tasks(none, 1, 0);
              Program.lower(operation, lowered, tasks);
              yield tasks.scratch;
            }
          };
      most = Math.max(most, scratch);
    }
    return most;
  }

  /**
   * Divides memory.
   *
   * @param what the session, for messages
   * @param other bytes of all other arrays
   */
  static Workspace fit(
      String what, int slots, int slotSize, int size, long other, DeviceLimits limits) {
    long kept = 4L * slots * slotSize;
    long array = Math.min(limits.array(), 4L * Integer.MAX_VALUE);
    long free = Math.min(limits.memory() - other, array) - kept;
    long most = size == 0 ? slots : free / (4L * size);
    if (most < 1) {
      long needed = other + kept + 4L * size;
      throw new BackendException(
          "%s: %d slots need at least %d MiB on %s, found %d MiB in all and %d MiB an array; use fewer slots, or raise -Dtornado.device.memory where the device has more"
              .formatted(
                  what,
                  slots,
                  Math.ceilDiv(needed, 1 << 20),
                  limits.device(),
                  limits.memory() >> 20,
                  limits.array() >> 20));
    }
    int waves = Math.ceilDiv(slots, (int) Math.min(most, slots));
    return new Workspace(slots, slotSize, size, Math.ceilDiv(slots, waves));
  }

  /** Returns the floats of the arena. */
  int arena() {
    return Math.addExact(Math.multiplyExact(slots, slotSize), Math.multiplyExact(wave, size));
  }

  /** Returns where an operand starts for the first slot of a launch. */
  int base(Place place, int firstSlot) {
    return switch (place.kind()) {
      case SLOT -> firstSlot * slotSize + place.offset();
      case SEQUENCE -> slots * slotSize + place.offset();
      case SHARED -> place.offset();
    };
  }

  /** Returns the floats from an operand of a sequence to the next sequence's. */
  int stride(Place place) {
    return switch (place.kind()) {
      case SLOT -> slotSize;
      case SEQUENCE -> size;
      case SHARED -> 0;
    };
  }
}
