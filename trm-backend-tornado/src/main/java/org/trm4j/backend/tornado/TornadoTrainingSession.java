package org.trm4j.backend.tornado;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.model.ParameterKind;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.ParameterLayout;
import org.trm4j.plan.Plan;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A training run on the device. */
final class TornadoTrainingSession implements TrainingSession {
  private static final String NAME = "training session";

  private final TornadoBackend backend;
  private final Plan plan;
  private final WeightLayout layout;
  private final Carry carry;
  private final Optimizer optimizer;
  private final Reports reports;
  private final @Nullable Shape puzzles;
  private volatile boolean closed;

  TornadoTrainingSession(TornadoBackend backend, Plan plan, ParameterSet given, int batch) {
    this.backend = backend;
    this.plan = plan;
    ParameterSet matched = given.matching(plan.parameters());
    Carry.Parameters parameters = Carry.Parameters.of(plan, matched);
    this.layout = parameters.layout();
    Tensor table =
        plan.config().puzzleEmbDim() > 0 ? matched.get(ParameterLayout.PUZZLE_EMBEDDING) : null;
    this.puzzles = table == null ? null : table.shape();
    this.carry =
        new Carry(
            NAME,
            backend,
            plan,
            plan.training(),
            parameters,
            batch,
            table == null ? 0 : table.shape().intSize(),
            layout.trained());
    DeviceArrays a = carry.arrays;
    for (int i = 0; i < layout.trained(); i++) {
      a.averages.set(i, a.weights.get(i));
    }
    if (table != null) {
      for (int i = 0; i < table.shape().intSize(); i++) {
        a.puzzles.set(i, table.get(i));
      }
    }
    this.optimizer = new Optimizer(carry, layout);
    this.reports = new Reports(carry, plan);
    for (FloatArray array :
        new FloatArray[] {a.weights, a.averages, a.firstMoments, a.secondMoments, a.gradients}) {
      carry.transfers.readable(a, array);
    }
    carry.transfers.readable(a, a.puzzles);
    carry.transfers.readable(a, a.puzzleGradients);
    for (FloatArray array : new FloatArray[] {a.averages, a.firstMoments, a.secondMoments}) {
      carry.transfers.writable(a, array);
    }
    carry.engine.start();
  }

  @Override
  public int slots() {
    return carry.inputs.count();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    check();
    carry.inputs.check(slot);
    carry.inputs.checkLabels(labels);
    carry.inputs.start(slot, tokens, puzzleIdentifier);
    carry.inputs.label(slot, labels);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    check();
    if (lastStep.length != slots()) {
      throw new BackendException(
          "%s: lastStep of length %d, expected %d (slots)"
              .formatted(NAME, lastStep.length, slots()));
    }
    for (int slot = 0; slot < slots(); slot++) {
      carry.inputs.checkStarted(slot);
      carry.inputs.set(slot, Inputs.LAST, lastStep[slot] ? 1 : 0);
    }
    carry.inputs.lead();
    optimizer.clearGradients();
    carry.step(gradientScale);
    return reports.read(lastStep);
  }

  @Override
  public void update(UpdateRule rule) {
    check();
    optimizer.update(rule);
  }

  @Override
  public ParameterSet parameters() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : plan.parameters()) {
      boolean table = spec.kind() == ParameterKind.PUZZLE_EMBEDDING;
      FloatArray array = table ? carry.arrays.puzzles : carry.arrays.weights;
      tensors.put(spec.name(), read(array, table ? 0 : layout.offset(spec), spec.shape()));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet averages() {
    check();
    return new ParameterSet(trained("", carry.arrays.averages));
  }

  @Override
  public ParameterSet gradients() {
    check();
    Map<String, Tensor> tensors = trained("", carry.arrays.gradients);
    if (puzzles != null) {
      tensors.put(
          ParameterLayout.PUZZLE_EMBEDDING,
          read(carry.arrays.puzzleGradients, 0, Shape.of(slots(), puzzles.dim(1))));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    check();
    carry.state(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    check();
    carry.restoreState(NAME, name, slot, source);
  }

  /** Plans with noisy updates are refused, so that there are none. */
  @Override
  public long draws(int slot) {
    check();
    carry.inputs.checkStarted(slot);
    return 0;
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    if (draws != 0) {
      throw new BackendException(
          "%s: %d noisy updates of slot %d, expected 0: this backend has none"
              .formatted(NAME, draws, slot));
    }
  }

  @Override
  public void logits(int slot, float[] target) {
    check();
    carry.logits(slot, target);
  }

  @Override
  public ParameterSet optimizerState() {
    check();
    Map<String, Tensor> tensors = trained("m.", carry.arrays.firstMoments);
    tensors.putAll(trained("v.", carry.arrays.secondMoments));
    tensors.putAll(trained("ema.", carry.arrays.averages));
    return new ParameterSet(tensors);
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    check();
    restore("m.", carry.arrays.firstMoments, state);
    restore("v.", carry.arrays.secondMoments, state);
    restore("ema.", carry.arrays.averages, state);
  }

  private void restore(String prefix, FloatArray array, ParameterSet state) {
    for (ParameterSpec spec : layout.trainedSpecs()) {
      Tensor tensor = state.get(prefix + spec.name());
      if (!tensor.shape().equals(spec.shape())) {
        throw new BackendException(
            "%s: %s%s of shape %s, expected %s"
                .formatted(NAME, prefix, spec.name(), tensor.shape(), spec.shape()));
      }
      carry.transfers.write(array, layout.offset(spec), tensor.toArray());
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
    carry.transfers.read(array, from, values, 0, values.length);
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
    carry.close();
  }
}
