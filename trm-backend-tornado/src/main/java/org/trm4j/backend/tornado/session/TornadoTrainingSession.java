package org.trm4j.backend.tornado.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.task.ParameterLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A training run on the device. */
final class TornadoTrainingSession implements TrainingSession {
  private static final String NAME = "training session";

  private final TornadoBackend backend;
  private final Plan plan;
  private final WeightLayout layout;
  private final SlotStore store;
  private final Optimizer optimizer;
  private final @Nullable Reports reports;
  private final @Nullable Shape puzzles;
  private volatile boolean closed;

  TornadoTrainingSession(TornadoBackend backend, Plan plan, ParameterSet given, int batch) {
    this.backend = backend;
    this.plan = plan;
    ParameterSet matched = given.matching(plan.parameters());
    SlotStore.Parameters parameters = SlotStore.Parameters.of(plan, matched);
    this.layout = parameters.layout();
    Tensor table =
        plan.config().puzzleEmbDim() > 0 ? matched.get(ParameterLayout.PUZZLE_EMBEDDING) : null;
    this.puzzles = table == null ? null : table.shape();
    this.store =
        new SlotStore(
            NAME,
            backend,
            plan,
            plan.training(),
            parameters,
            batch,
            table == null ? 0 : table.shape().intSize(),
            layout.trained());
    DeviceArrays a = store.arrays;
    for (int i = 0; i < layout.trained(); i++) {
      a.averages.set(i, a.weights.get(i));
    }
    if (table != null) {
      for (int i = 0; i < table.shape().intSize(); i++) {
        a.puzzles.set(i, table.get(i));
      }
    }
    this.optimizer = new Optimizer(store, layout);
    this.reports = plan.hasPublishedLoss() ? new Reports(store, plan) : null;
    for (FloatArray array :
        new FloatArray[] {a.weights, a.averages, a.firstMoments, a.secondMoments, a.gradients}) {
      store.transfers.readable(a, array);
    }
    store.transfers.readable(a, a.puzzles);
    store.transfers.readable(a, a.puzzleGradients);
    for (FloatArray array :
        new FloatArray[] {
          a.weights, a.puzzles, a.averages, a.firstMoments, a.secondMoments, a.gradients
        }) {
      store.transfers.writable(a, array);
    }
    store.engine.start();
  }

  @Override
  public int slots() {
    return store.inputs.count();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    check();
    store.inputs.check(slot);
    store.inputs.arguments().labels(labels);
    store.start(slot, tokens, puzzleIdentifier, key);
    store.inputs.label(slot, labels);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    check();
    store.inputs.arguments().lastStep(lastStep);
    for (int slot = 0; slot < slots(); slot++) {
      store.inputs.checkStarted(slot);
      store.inputs.set(slot, SlotRecord.LAST, lastStep[slot] ? 1 : 0);
    }
    store.inputs.lead();
    optimizer.clearGradients();
    store.step(gradientScale, () -> false);
    if (reports != null) {
      return reports.read(lastStep);
    }
    SequenceMetrics[] none = new SequenceMetrics[slots()];
    Arrays.fill(none, SequenceMetrics.NONE);
    return none;
  }

  @Override
  public void update(UpdateRule rule) {
    check();
    optimizer.update(rule);
  }

  @Override
  public void assignGradients(ParameterSet gradients, int[] puzzleIdentifiers) {
    check();
    int width = plan.config().puzzleEmbDim();
    store.inputs.arguments().gradients(gradients, layout.trainedSpecs(), width, puzzleIdentifiers);
    optimizer.assign(gradients, puzzleIdentifiers);
  }

  @Override
  public void assign(ParameterSet trained) {
    check();
    for (ParameterSpec spec : plan.parameters()) {
      Tensor tensor = trained.tensors().get(spec.name());
      if (tensor != null && spec.kind() != ParameterSpec.Kind.FIXED) {
        if (!tensor.shape().equals(spec.shape())) {
          throw new BackendException(
              "%s: assign %s: shape %s, expected %s"
                  .formatted(NAME, spec.name(), tensor.shape(), spec.shape()));
        }
        boolean table = spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING;
        store.transfers.write(
            table ? store.arrays.puzzles : store.arrays.weights,
            table ? 0 : layout.offset(spec),
            tensor.toArray());
      }
    }
    optimizer.transposeAll();
  }

  @Override
  public ParameterSet parameters() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : plan.parameters()) {
      boolean table = spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING;
      FloatArray array = table ? store.arrays.puzzles : store.arrays.weights;
      tensors.put(spec.name(), read(array, table ? 0 : layout.offset(spec), spec.shape()));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet averages() {
    check();
    return new ParameterSet(trained("", store.arrays.averages));
  }

  @Override
  public ParameterSet gradients() {
    check();
    Map<String, Tensor> tensors = trained("", store.arrays.gradients);
    if (puzzles != null) {
      tensors.put(
          ParameterLayout.PUZZLE_EMBEDDING,
          read(store.arrays.puzzleGradients, 0, Shape.of(slots(), puzzles.dim(1))));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    check();
    store.state(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    check();
    store.restoreState(name, slot, source);
  }

  @Override
  public void feed(int slot, String input, float[] values) {
    check();
    store.feed(slot, input, values);
  }

  @Override
  public void read(String output, int slot, float[] target) {
    check();
    List<Buffer> outputs = new ArrayList<>(plan.outputs());
    outputs.addAll(plan.losses());
    store.read(output, slot, target, outputs);
  }

  @Override
  public long draws(int slot) {
    check();
    store.inputs.checkStarted(slot);
    return store.inputs.draws(slot);
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    check();
    store.inputs.checkStarted(slot);
    store.inputs.draws(slot, draws);
  }

  @Override
  public void logits(int slot, float[] target) {
    check();
    store.logits(slot, target);
  }

  @Override
  public ParameterSet optimizerState() {
    check();
    Map<String, Tensor> tensors = trained("m.", store.arrays.firstMoments);
    tensors.putAll(trained("v.", store.arrays.secondMoments));
    tensors.putAll(trained("ema.", store.arrays.averages));
    return new ParameterSet(tensors);
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    check();
    restore("m.", store.arrays.firstMoments, state);
    restore("v.", store.arrays.secondMoments, state);
    restore("ema.", store.arrays.averages, state);
  }

  private void restore(String prefix, FloatArray array, ParameterSet state) {
    for (ParameterSpec spec : layout.trainedSpecs()) {
      Tensor tensor = state.get(prefix + spec.name());
      store.inputs.arguments().optimizerState(prefix, spec, tensor.shape());
      store.transfers.write(array, layout.offset(spec), tensor.toArray());
    }
  }

  private Map<String, Tensor> trained(String prefix, FloatArray array) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : layout.trainedSpecs()) {
      tensors.put(prefix + spec.name(), read(array, layout.offset(spec), spec.shape()));
    }
    return tensors;
  }

  private Tensor read(FloatArray array, int from, Shape shape) {
    float[] values = new float[shape.intSize()];
    store.transfers.read(array, from, values, 0, values.length);
    return Tensor.of(shape, values);
  }

  private void check() {
    if (closed || backend.isClosed()) {
      throw BackendException.closed(NAME);
    }
  }

  @Override
  public void close() {
    closed = true;
    backend.forget(this);
    store.close();
  }
}
