package org.trm4j.backend.cpu.session;

import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.program.Program;
import org.trm4j.backend.cpu.program.PuzzleTable;
import org.trm4j.backend.cpu.program.SizeOfWork;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Team;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** Packed parameters and the program that reads them. */
final class CpuModel implements LoadedModel {
  private final CpuBackend backend;
  private final Plan plan;
  private final Weights weights;
  private final Program program;
  private volatile boolean closed;

  CpuModel(CpuBackend backend, Plan plan, ParameterSet parameters) {
    this.backend = backend;
    this.plan = plan;
    this.weights = new Weights(plan.parameters(), parameters, backend.kernels());
    this.program =
        new Program(
            plan, backend.kernels(), weights, PuzzleTable.of(plan, parameters), 0, backend.steps());
    backend.team().run(SizeOfWork.workers(weights.values.length), weights::pack);
  }

  @Override
  public Plan plan() {
    return plan;
  }

  Weights weights() {
    return weights;
  }

  Program program() {
    return program;
  }

  Kernels kernels() {
    return backend.kernels();
  }

  Team team() {
    return backend.team();
  }

  boolean isClosed() {
    return closed || backend.isClosed();
  }

  @Override
  public InferenceSession open(int slots) {
    if (isClosed()) {
      throw BackendException.closed("loaded model");
    }
    return new CpuInferenceSession(this, slots);
  }

  @Override
  public void close() {
    closed = true;
  }
}
