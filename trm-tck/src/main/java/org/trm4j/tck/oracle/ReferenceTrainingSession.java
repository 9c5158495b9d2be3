package org.trm4j.tck.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.backend.support.OptimizerState;
import org.trm4j.backend.support.ParameterArena;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.backend.support.SlotSession;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.backend.support.TrainingParameters;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;

/** A training session in double precision. */
final class ReferenceTrainingSession extends SlotSession implements TrainingSession {
  private static final String NAME = "training session";

  private final ReferenceBackend backend;
  private final Plan plan;
  private final DoubleParameters parameters;
  private final ReferenceSlots slots;
  private final ReferenceOptimizer optimizer;
  private final TrainingParameters exchanged;
  private final OptimizerState optimizerState;
  private @Nullable List<double[]> givenRows;
  private int[] givenIdentifiers = new int[0];
  private boolean closed;

  ReferenceTrainingSession(ReferenceBackend backend, Plan plan, ParameterSet initial, int batch) {
    this.backend = backend;
    this.plan = plan;
    this.parameters = new DoubleParameters(plan.parameters(), initial);
    this.slots =
        new ReferenceSlots(
            NAME, plan, parameters, batch, true, backend.noise(), backend.products());
    this.optimizer = new ReferenceOptimizer(parameters);
    SessionArguments arguments = slots.table().arguments();
    this.exchanged =
        new TrainingParameters(
            arguments,
            new ParameterArena(plan.parameters()),
            parameters.values(),
            parameters.gradients());
    this.optimizerState =
        new OptimizerState(
            arguments,
            parameters.trained(),
            DoubleParameters.in(optimizer.m),
            DoubleParameters.in(optimizer.v),
            DoubleParameters.in(optimizer.average));
  }

  @Override
  public int slots() {
    return slots.all().size();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    check();
    slots.start(slot, tokens, labels, puzzleIdentifier, key);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    table().requireAll(lastStep);
    parameters.clearGradients();
    givenRows = null;
    SequenceMetrics[] metrics = new SequenceMetrics[slots()];
    for (int slot = 0; slot < metrics.length; slot++) {
      Workspace workspace = slots.get(slot);
      workspace.prepare(lastStep[slot], gradientScale);
      Interpreter.run(plan.training(), workspace);
      metrics[slot] = workspace.metrics();
    }
    return metrics;
  }

  @Override
  public void update(UpdateRule rule) {
    check();
    List<double[]> rows = givenRows;
    if (rows != null) {
      optimizer.update(rule, givenIdentifiers, rows);
      return;
    }
    optimizer.update(
        rule,
        slots.all().stream().mapToInt(Workspace::puzzle).toArray(),
        slots.all().stream().map(Workspace::puzzleGradient).toList());
  }

  @Override
  public void assignGradients(ParameterSet given, int[] puzzleIdentifiers) {
    check();
    int width = parameters.puzzleWidth();
    exchanged.assignGradients(given, width, puzzleIdentifiers);
    List<double[]> rows = new ArrayList<>();
    Tensor tensor = given.tensors().get(ParameterLayout.PUZZLE_EMBEDDING);
    if (tensor != null) {
      double[] all = DoubleParameters.widen(tensor);
      for (int i = 0; i < puzzleIdentifiers.length; i++) {
        rows.add(Arrays.copyOfRange(all, i * width, (i + 1) * width));
      }
    }
    givenRows = rows;
    givenIdentifiers = puzzleIdentifiers.clone();
  }

  @Override
  public void assign(ParameterSet trained) {
    check();
    exchanged.assign(trained);
  }

  @Override
  public ParameterSet parameters() {
    check();
    return exchanged.values();
  }

  @Override
  public ParameterSet averages() {
    check();
    return optimizerState.averages();
  }

  @Override
  public ParameterSet gradients() {
    check();
    int width = parameters.puzzleWidth();
    double[] rows = new double[slots() * width];
    for (int slot = 0; slot < slots(); slot++) {
      System.arraycopy(slots.get(slot).puzzleGradient(), 0, rows, slot * width, width);
    }
    return exchanged.gradients(DoubleParameters.narrow(rows));
  }

  @Override
  public long draws(int slot) {
    table().require(slot);
    return slots.get(slot).draws();
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    table().require(slot);
    slots.get(slot).restoreDraws(draws);
  }

  @Override
  public ParameterSet optimizerState() {
    check();
    return optimizerState.copy();
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    check();
    optimizerState.restore(state);
  }

  @Override
  protected SlotTable table() {
    check();
    return slots.table();
  }

  private void check() {
    backend.check(NAME);
    if (closed) {
      throw BackendException.closed(NAME);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
