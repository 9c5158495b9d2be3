package org.trm4j.backend.tornado.program;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Task graphs over arrays that stay on the device. The first graph uploads the arrays; all others
 * find them there, in any order.
 */
final class Graphs {
  private static final String FIRST = "resident";
  private static final int LOCAL = 64;

  private final Object[] resident;
  private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
  private final List<List<String>> kernels = new ArrayList<>();
  private final GridScheduler grid = new GridScheduler();

  Graphs(DeviceArrays arrays, Tasks touch) {
    this.resident = arrays.all().toArray();
    TaskGraph graph =
        new TaskGraph(FIRST).transferToDevice(DataTransferMode.FIRST_EXECUTION, resident);
    finish(graph, FIRST, touch.list, new IntArray(1));
  }

  /**
   * Adds a graph and returns its index.
   *
   * @param operands uploaded before every execution
   * @param uploads uploaded before every execution too
   * @param downloads downloaded after every execution
   */
  int add(Tasks tasks, IntArray operands, List<Object> uploads, List<Object> downloads) {
    String name = "g" + graphs.size();
    TaskGraph graph =
        new TaskGraph(name)
            .consumeFromDevice(FIRST, resident)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, operands);
    if (!uploads.isEmpty()) {
      graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, uploads.toArray());
    }
    if (!downloads.isEmpty()) {
      // Allocated with zeros, because a kernel may write only a part.
      graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, downloads.toArray());
    }
    int index = graphs.size();
    for (int i = 0; i < tasks.list.size(); i++) {
      task(graph, name, tasks.list.get(i), i, operands);
    }
    if (!downloads.isEmpty()) {
      graph.transferToHost(DataTransferMode.EVERY_EXECUTION, downloads.toArray());
    }
    graph.persistOnDevice(resident);
    graphs.add(graph.snapshot());
    kernels.add(names(tasks.list));
    return index;
  }

  private void finish(TaskGraph graph, String name, List<Tasks.Task> tasks, IntArray operands) {
    for (int i = 0; i < tasks.size(); i++) {
      task(graph, name, tasks.get(i), i, operands);
    }
    graph.persistOnDevice(resident);
    graphs.add(graph.snapshot());
    kernels.add(names(tasks));
  }

  private static List<String> names(List<Tasks.Task> tasks) {
    return tasks.stream().map(Tasks.Task::kernel).toList();
  }

  /** Returns the names of a graph's kernels. */
  List<String> kernels(int graph) {
    return kernels.get(graph);
  }

  private void task(TaskGraph graph, String name, Tasks.Task task, int number, IntArray operands) {
    String id = task.kernel() + number;
    Tasks.Range range = task.range();
    if (!range.equals(Tasks.Range.NONE)) {
      WorkerGrid3D worker =
          new WorkerGrid3D(
              Math.max(1, Math.ceilDiv(range.x(), LOCAL)) * LOCAL, range.y(), range.z());
      worker.setLocalWork(LOCAL, 1, 1);
      grid.addWorkerGrid(name + "." + id, worker);
    }
    task.adder().add(graph, id, operands);
  }

  TornadoExecutionPlan plan(DeviceChoice device) {
    TornadoExecutionPlan plan = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
    plan.withDevice(device.device());
    if (device.graphs()) {
      plan.withCUDAGraph();
    }
    plan.withGridScheduler(grid);
    // The default includes relaxed mathematics, which assumes that NaN and infinity do not occur.
    plan.withCompilerFlags(TornadoVMBackendType.OPENCL, "-cl-mad-enable -w");
    return plan;
  }
}
