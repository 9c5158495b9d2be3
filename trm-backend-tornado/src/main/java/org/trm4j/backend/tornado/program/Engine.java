package org.trm4j.backend.tornado.program;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.TouchKernel;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The task graphs of a session with their execution plan. Graphs are compiled at their first launch
 * and kept. Launches of all engines take turns, because TornadoVM's queues belong to the process.
 */
public final class Engine implements AutoCloseable {
  private static final ReentrantLock DEVICE = new ReentrantLock();

  private final DeviceChoice device;
  private final LaunchStatistics statistics;
  private final Graphs graphs;
  private final BitSet compiled = new BitSet();
  private final List<IntArray> operands = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private @Nullable TornadoExecutionPlan plan;
  private final long bytes;
  private boolean closed;
  private boolean failed;

  public Engine(DeviceChoice device, LaunchStatistics statistics, DeviceArrays arrays) {
    this.device = device;
    this.statistics = statistics;
    this.bytes = arrays.bytes();
    Tasks touch = new Tasks(arrays, 1, 0);
    touch.add(
        "touch",
        new Tasks.Range(1, 1, 1),
        (graph, name, none) ->
            graph.task(
                name,
                TouchKernel::run,
                touch.context,
                arrays.inputs,
                arrays.active,
                arrays.draws,
                arrays.scalars,
                arrays.weights,
                arrays.transposed,
                arrays.rotary,
                arrays.puzzles,
                arrays.arena,
                arrays.gradients,
                arrays.puzzleGradients,
                arrays.firstMoments,
                arrays.secondMoments,
                arrays.averages,
                arrays.reports,
                arrays.left,
                arrays.right,
                arrays.result));
    this.graphs = new Graphs(arrays, touch);
  }

  /** Runs something that compiles or launches kernels while no other thread does. */
  public static <T> T exclusively(Supplier<T> maker) {
    DEVICE.lock();
    try {
      return maker.get();
    } finally {
      DEVICE.unlock();
    }
  }

  /** Adds a graph of kernels that only the host's operands change; returns its index. */
  public int add(Tasks tasks, IntArray operands, List<Object> uploads, List<Object> downloads) {
    return graphs.add(tasks, operands, uploads, downloads);
  }

  /** Adds a graph of kernels whose operands never change; returns its index. */
  public int add(Tasks tasks, List<Object> uploads, List<Object> downloads) {
    IntArray fixed = new IntArray(Address.BUFFERS + 2 * Math.max(1, tasks.operands.size()));
    fixed.init(0);
    fixed.set(Address.COUNT, tasks.places);
    for (int i = 0; i < tasks.operands.size(); i++) {
      fixed.set(Address.BUFFERS + 2 * i, tasks.operands.get(i).offset());
    }
    return graphs.add(tasks, fixed, uploads, downloads);
  }

  /** Adds the graphs of a program. */
  public void add(Program program) {
    for (Program.Kind kind : program.kinds()) {
      IntArray array =
          new IntArray(Address.BUFFERS + 2 * Math.max(1, kind.tasks().operands.size()));
      array.init(0);
      operands.add(array);
      numbers.add(graphs.add(kind.tasks(), array, List.of(), List.of()));
    }
  }

  /**
   * Uploads the resident arrays, and frees them if that fails. No graph may be added afterwards.
   */
  public void start() {
    locked(() -> {
      plan = graphs.plan(device);
      statistics.holds(bytes);
      try {
        execute(0);
      } catch (BackendException e) {
        close();
        throw e;
      }
    });
  }

  /**
   * Runs a program for every wave of slots.
   *
   * @param stop asks to abandon the step; polled before each round of the outer loop
   * @return whether the program ran to its end
   */
  public boolean run(Program program, Workspace workspace, BooleanSupplier stop) {
    boolean[] done = {true};
    locked(() -> {
      for (int first = 0; done[0] && first < workspace.slots(); first += workspace.wave()) {
        int count = Math.min(workspace.wave(), workspace.slots() - first);
        done[0] = run(program.steps, workspace, first, count, stop);
      }
    });
    return done[0];
  }

  private boolean run(
      List<Program.Step> steps, Workspace workspace, int first, int count, BooleanSupplier stop) {
    for (Program.Step step : steps) {
      switch (step) {
        case Program.Loop loop -> {
          for (int i = 0; i < loop.times(); i++) {
            if (stop.getAsBoolean()) {
              return false;
            }
            run(loop.body(), workspace, first, count, () -> false);
          }
        }
        case Program.Launch launch -> {
          IntArray array = operands.get(launch.kind().number());
          workspace.fill(array, launch.operands(), first, count);
          execute(numbers.get(launch.kind().number()));
        }
      }
    }
    return true;
  }

  /** Returns whether a launch has failed; the contents of the arrays are then unknown. */
  public boolean hasFailed() {
    return failed;
  }

  /** Launches a graph. */
  public void launch(int graph) {
    locked(() -> execute(graph));
  }

  private void execute(int graph) {
    TornadoExecutionPlan ready = Objects.requireNonNull(plan, "the engine has not been started");
    try {
      statistics.launch(
          compiled, graph, graphs.kernels(graph).size(), () -> ready.withGraph(graph).execute());
    } catch (RuntimeException | TornadoInternalError e) {
      failed = true;
      List<String> kernels = graphs.kernels(graph).stream().distinct().toList();
      throw new BackendException(
          "backend tornado: the kernels %s failed on %s: %s"
              .formatted(kernels, device.description(), FailureReason.of(e)),
          e);
    }
  }

  /** Does work that no launch of another engine may interrupt. */
  public void locked(Runnable work) {
    DEVICE.lock();
    try {
      if (closed) {
        throw BackendException.closed("session");
      }
      work.run();
    } finally {
      DEVICE.unlock();
    }
  }

  @Override
  public void close() {
    DEVICE.lock();
    try {
      if (!closed) {
        closed = true;
        if (plan != null) {
          statistics.holds(-bytes);
          plan.close();
        }
      }
    } catch (TornadoExecutionPlanException e) {
      throw new BackendException(
          "backend tornado: " + device.description() + " kept its memory", e);
    } finally {
      DEVICE.unlock();
    }
  }
}
