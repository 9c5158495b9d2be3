package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.Staging;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.LaunchStatistics;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.program.Transfers;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A kernel with a race that {@code simulator/run.sh} must find. On a device one of the values
 * remains.
 */
class PlantedRaceTest {
  private static final int ITEMS = 64;

  /** All items write to one element. */
  private static void race(KernelContext context, FloatArray arena) {
    arena.set(0, context.globalIdx);
  }

  @Test
  void leavesTheValueOfOneItem() {
    DeviceArrays arrays =
        new DeviceArrays(
            new DeviceArrays.Sizes(1, 1, ITEMS, 0, 0, 0, Staging.NONE),
            DeviceArrays.zeros(1),
            DeviceArrays.zeros(1),
            DeviceArrays.zeros(1));
    Tasks tasks = new Tasks(arrays, 1, 0);
    tasks.add(
        "race",
        new Tasks.Range(ITEMS, 1, 1),
        (graph, name, operands) ->
            graph.task(name, PlantedRaceTest::race, tasks.context, arrays.arena));
    float[] found = new float[1];
    try (Engine engine = new Engine(DeviceChoice.find(""), new LaunchStatistics(), arrays)) {
      int graph = engine.add(tasks, List.of(), List.of());
      Transfers transfers = new Transfers(engine, ITEMS);
      transfers.readable(arrays, arrays.arena);
      engine.start();
      engine.launch(graph);
      transfers.read(arrays.arena, 0, found, 0, 1);
    }
    assertThat(found[0]).isBetween(0f, ITEMS - 1f);
  }
}
