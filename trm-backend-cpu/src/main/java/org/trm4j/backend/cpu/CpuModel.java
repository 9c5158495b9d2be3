package org.trm4j.backend.cpu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** Packed weights and the frames that its sessions take turns with. */
final class CpuModel implements LoadedModel {
  final StateLayout layout;
  final Executable executable;
  final Executor executor;
  final WorkerPool pool;
  private final Plan plan;
  private final BooleanSupplier backendClosed;
  private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  CpuModel(
      Plan plan,
      ParameterSet parameters,
      Kernels kernels,
      WorkerPool pool,
      BooleanSupplier backendClosed) {
    this.plan = plan;
    this.pool = pool;
    this.backendClosed = backendClosed;
    Weights weights = new Weights(plan, parameters, kernels, false);
    this.layout = new StateLayout(plan, weights);
    this.executable =
        new Executable(plan.inference(), layout.offsets, plan.config(), weights, kernels);
    this.executor = new Executor(pool, executable);
  }

  Frame borrow() {
    Frame frame = frames.poll();
    return frame == null ? executable.newFrame() : frame;
  }

  void giveBack(Frame frame) {
    frames.add(frame);
  }

  boolean closed() {
    return closed || backendClosed.getAsBoolean();
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Override
  public InferenceSession open(int slots) {
    if (closed()) {
      throw BackendException.closed("model");
    }
    Checks.slots(slots);
    return new CpuInferenceSession(this, slots);
  }

  @Override
  public void close() {
    closed = true;
    frames.clear();
  }
}
