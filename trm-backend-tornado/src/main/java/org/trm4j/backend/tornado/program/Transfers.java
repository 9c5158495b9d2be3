package org.trm4j.backend.tornado.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trm4j.backend.tornado.kernel.CopyKernel;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Reads and writes ranges of resident arrays, through a staging buffer. */
public final class Transfers {
  private final Engine engine;
  private final int chunk;
  private final IntArray range = new IntArray(3);
  private final FloatArray up;
  private final FloatArray down;
  private final Map<FloatArray, Integer> reading = new HashMap<>();
  private final Map<FloatArray, Integer> writing = new HashMap<>();

  public Transfers(Engine engine, int chunk) {
    this.engine = engine;
    this.chunk = chunk;
    this.up = DeviceArrays.zeros(chunk);
    this.down = DeviceArrays.zeros(chunk);
    range.init(0);
  }

  /** Makes an array readable. */
  public void readable(DeviceArrays arrays, FloatArray array) {
    Tasks tasks = copy(arrays, array, down);
    reading.put(array, engine.add(tasks, range, List.of(), List.of(down)));
  }

  /** Makes an array writable. */
  public void writable(DeviceArrays arrays, FloatArray array) {
    writing.put(array, engine.add(copy(arrays, up, array), range, List.of(up), List.of()));
  }

  private Tasks copy(DeviceArrays arrays, FloatArray from, FloatArray to) {
    Tasks tasks = new Tasks(arrays, 1, 0);
    tasks.add(
        "copy",
        new Tasks.Range(chunk, 1, 1),
        (graph, name, operands) ->
            graph.task(name, CopyKernel::run, tasks.context, operands, from, to));
    return tasks;
  }

  /** Copies floats of a resident array into {@code target}. */
  public void read(FloatArray array, int from, float[] target, int to, int count) {
    int graph = Objects.requireNonNull(reading.get(array));
    engine.locked(() -> {
      for (int done = 0; done < count; done += chunk) {
        int part = Math.min(chunk, count - done);
        set(from + done, 0, part);
        engine.launch(graph);
        for (int i = 0; i < part; i++) {
          target[to + done + i] = down.get(i);
        }
      }
    });
  }

  /** Copies floats into a resident array. */
  public void write(FloatArray array, int to, float[] source) {
    int graph = Objects.requireNonNull(writing.get(array));
    engine.locked(() -> {
      for (int done = 0; done < source.length; done += chunk) {
        int part = Math.min(chunk, source.length - done);
        for (int i = 0; i < part; i++) {
          up.set(i, source[done + i]);
        }
        set(0, to + done, part);
        engine.launch(graph);
      }
    });
  }

  private void set(int from, int to, int count) {
    range.set(0, from);
    range.set(1, to);
    range.set(2, count);
  }
}
