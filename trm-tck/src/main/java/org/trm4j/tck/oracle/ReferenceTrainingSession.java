package org.trm4j.tck.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.task.ParameterLayout;

/** A training run in double precision. */
final class ReferenceTrainingSession implements TrainingSession {
  private static final String NAME = "training session";

  private final ReferenceBackend backend;
  private final Plan plan;
  private final DoubleParameters parameters;
  private final ReferenceSlots slots;
  private final ReferenceOptimizer optimizer;
  private @Nullable List<double[]> givenRows;
  private int[] givenIdentifiers = new int[0];
  private boolean closed;

  ReferenceTrainingSession(ReferenceBackend backend, Plan plan, ParameterSet initial, int batch) {
    this.backend = backend;
    this.plan = plan;
    this.parameters = new DoubleParameters(plan.parameters(), initial);
    this.slots =
        new ReferenceSlots(NAME, plan, parameters, batch, backend.noise(), backend.products());
    this.optimizer = new ReferenceOptimizer(parameters);
  }

  @Override
  public int slots() {
    return slots.all().size();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    check();
    slots.label(slots.start(slot, tokens, puzzleIdentifier, key), labels);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    check();
    slots.arguments().lastStep(lastStep);
    for (int slot = 0; slot < slots(); slot++) {
      slots.started(slot);
    }
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
    slots.arguments().gradients(given, parameters.trained(), width, puzzleIdentifiers);
    for (ParameterSpec spec : parameters.trained()) {
      Tensor tensor = given.tensors().get(spec.name());
      if (tensor != null) {
        double[] values = DoubleParameters.widen(tensor);
        System.arraycopy(values, 0, parameters.gradient(spec), 0, values.length);
      }
    }
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
    for (ParameterSpec spec : parameters.all()) {
      Tensor tensor = trained.tensors().get(spec.name());
      if (tensor != null && spec.kind() != ParameterSpec.Kind.FIXED) {
        double[] values = DoubleParameters.widen(tensor);
        System.arraycopy(values, 0, parameters.values(spec), 0, values.length);
      }
    }
  }

  @Override
  public ParameterSet parameters() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.all().forEach(s -> tensors.put(s.name(), tensor(s, parameters.values(s))));
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet averages() {
    check();
    return new ParameterSet(trained("", optimizer.average));
  }

  @Override
  public ParameterSet gradients() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.trained().forEach(s -> tensors.put(s.name(), tensor(s, parameters.gradient(s))));
    int width = parameters.puzzleWidth();
    if (width > 0) {
      double[] rows = new double[slots() * width];
      for (int slot = 0; slot < slots(); slot++) {
        System.arraycopy(slots.get(slot).puzzleGradient(), 0, rows, slot * width, width);
      }
      tensors.put(
          ParameterLayout.PUZZLE_EMBEDDING,
          Tensor.of(Shape.of(slots(), width), DoubleParameters.narrow(rows)));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public void feed(int slot, String input, float[] values) {
    check();
    slots.feed(input, slot, values);
  }

  @Override
  public void read(String output, int slot, float[] target) {
    check();
    List<Buffer> outputs = new ArrayList<>(plan.outputs());
    outputs.addAll(plan.losses());
    slots.read(output, slot, target, outputs);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    check();
    slots.copyState(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    check();
    slots.restoreState(name, slot, source);
  }

  @Override
  public long draws(int slot) {
    check();
    return slots.started(slot).draws();
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    check();
    slots.started(slot).restoreDraws(draws);
  }

  @Override
  public void logits(int slot, float[] target) {
    check();
    slots.copyLogits(slot, target);
  }

  @Override
  public ParameterSet optimizerState() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>(trained("m.", optimizer.m));
    tensors.putAll(trained("v.", optimizer.v));
    tensors.putAll(trained("ema.", optimizer.average));
    return new ParameterSet(tensors);
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    check();
    optimizer.restore("m.", optimizer.m, state);
    optimizer.restore("v.", optimizer.v, state);
    optimizer.restore("ema.", optimizer.average, state);
  }

  private Map<String, Tensor> trained(String prefix, Map<String, double[]> values) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<ParameterSpec> trained = parameters.trained();
    trained.forEach(spec ->
        tensors.put(
            prefix + spec.name(), tensor(spec, Objects.requireNonNull(values.get(spec.name())))));
    return tensors;
  }

  private static Tensor tensor(ParameterSpec spec, double[] values) {
    return Tensor.of(spec.shape(), DoubleParameters.narrow(values));
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
