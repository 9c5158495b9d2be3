package org.trm4j.backend.tornado.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.kernel.state.ActivateKernel;
import org.trm4j.backend.tornado.kernel.state.DrawnStartKernel;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.Staging;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.LaunchStatistics;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.program.Transfers;
import org.trm4j.backend.tornado.program.Workspace;
import org.trm4j.backend.tornado.task.StateTasks;
import org.trm4j.plan.GaussianNoise;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Compares a device's draws with {@link GaussianNoise}, bit for bit: starts, and the noise of the
 * update that carries the count of draws into its high half. Device compilers get 64-bit shifts and
 * overflowing products wrong.
 */
final class NoiseCheck {
  private static final int SLOTS = 3;
  private static final int SIZE = 1 << 10;
  private static final int STATE = 3;
  private static final long DRAWS = 0xFFFFFFFFL;
  private static final long[] KEYS = {0, -1, 0x8000_0000_7FFF_FFFFL};

  private final DeviceArrays arrays =
      new DeviceArrays(
          new DeviceArrays.Sizes(
              SLOTS, SLOTS * SlotRecord.TOKENS, 2 * SLOTS * SIZE, 0, 0, 0, Staging.NONE),
          DeviceArrays.zeros(1),
          DeviceArrays.zeros(1),
          DeviceArrays.zeros(1));
  private final Tasks tasks = new Tasks(arrays, SLOTS, 0);
  private final OperandLocation noisy = new OperandLocation(OperandLocation.Kind.SEQUENCE, SIZE);

  private NoiseCheck() {
    for (int slot = 0; slot < SLOTS; slot++) {
      int at = slot * SlotRecord.TOKENS;
      arrays.inputs.set(at + SlotRecord.ACTIVE, 1);
      arrays.inputs.set(at + SlotRecord.RESET, 1);
      arrays.inputs.set(at + SlotRecord.COUNT, 1);
      set(at + SlotRecord.KEY, KEYS[slot]);
      set(at + SlotRecord.DRAWS, DRAWS);
    }
    int slots = tasks.operand(OperandLocation.number(SLOTS));
    tasks.numbers(SlotRecord.TOKENS);
    tasks.add(
        "activate",
        new Tasks.Range(SLOTS, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                ActivateKernel::run,
                tasks.context,
                operands,
                arrays.inputs,
                arrays.active,
                arrays.draws,
                slots));
    StateTasks.stream(tasks, SlotRecord.TOKENS, STATE, false);
    int at = tasks.operand(OperandLocation.number(SIZE));
    tasks.numbers(0, 2 * SIZE, SlotRecord.TOKENS);
    tasks.add(
        "drawnStart",
        new Tasks.Range(SIZE, SLOTS, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                DrawnStartKernel::run,
                tasks.context,
                operands,
                arrays.inputs,
                arrays.draws,
                arrays.arena,
                at,
                1f));
    StateTasks.stream(tasks, SlotRecord.TOKENS, STATE, true);
    StateTasks.noise(tasks, noisy, SIZE, 1f);
  }

  private void set(int at, long value) {
    arrays.inputs.set(at, (int) value);
    arrays.inputs.set(at + 1, (int) (value >>> 32));
  }

  /** Returns what is wrong, in one line; null if nothing is. */
  static @Nullable String problem(DeviceChoice device) {
    NoiseCheck check = new NoiseCheck();
    try (Engine engine = new Engine(device, new LaunchStatistics(), check.arrays)) {
      return check.run(engine);
    }
  }

  private @Nullable String run(Engine engine) {
    Workspace workspace =
        new Workspace(SLOTS, 0, new Workspace.Need(2 * SIZE, Staging.NONE, Staging.NONE), SLOTS);
    IntArray operands = new IntArray(Address.BUFFERS + 2 * tasks.operands.size());
    workspace.fill(operands, tasks.operands, 0, SLOTS);
    int all = engine.add(tasks, operands, List.of(), List.of());
    Transfers transfers = new Transfers(engine, 2 * SLOTS * SIZE);
    transfers.readable(arrays, arrays.arena);
    engine.start();
    engine.launch(all);
    float[] found = new float[2 * SLOTS * SIZE];
    transfers.read(arrays.arena, 0, found, 0, found.length);
    for (int slot = 0; slot < SLOTS; slot++) {
      long start = GaussianNoise.stream(KEYS[slot], 0, STATE);
      long noise = GaussianNoise.stream(KEYS[slot], DRAWS + 1, STATE);
      for (int i = 0; i < SIZE; i++) {
        float drawn = GaussianNoise.truncated(GaussianNoise.bits(start, i));
        String wrong = differ("start", i, found[2 * slot * SIZE + i], drawn);
        if (wrong == null) {
          float normal = GaussianNoise.value(noise, i);
          wrong = differ("noise", i, found[(2 * slot + 1) * SIZE + i], normal);
        }
        if (wrong != null) {
          return wrong;
        }
      }
    }
    return null;
  }

  private static @Nullable String differ(String what, int i, float found, float expected) {
    return Float.floatToIntBits(found) == Float.floatToIntBits(expected)
        ? null
        : "%s %s is %s, expected %s".formatted(what, i, found, expected);
  }
}
