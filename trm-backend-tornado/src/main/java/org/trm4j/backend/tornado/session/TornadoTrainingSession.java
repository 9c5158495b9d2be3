package org.trm4j.backend.tornado.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.backend.support.OptimizerState;
import org.trm4j.backend.support.ParameterValues;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.backend.support.SlotSession;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.backend.support.TrainingParameters;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A training session on the device. */
final class TornadoTrainingSession extends SlotSession implements TrainingSession {
  private static final String NAME = "training session";

  private final TornadoBackend backend;
  private final Plan plan;
  private final WeightLayout layout;
  private final SlotStore store;
  private final Optimizer optimizer;
  private final TrainingParameters parameters;
  private final OptimizerState optimizerState;
  private final @Nullable Reports reports;
  private volatile boolean closed;

  TornadoTrainingSession(TornadoBackend backend, Plan plan, ParameterSet given, int batch) {
    this.backend = backend;
    this.plan = plan;
    ParameterSet matched = given.matching(plan.parameters());
    SlotStore.Parameters initial = SlotStore.Parameters.of(plan, matched);
    this.layout = initial.layout();
    Tensor table =
        plan.config().puzzleEmbDim() > 0 ? matched.get(ParameterLayout.PUZZLE_EMBEDDING) : null;
    this.store =
        new SlotStore(
            NAME,
            backend,
            plan,
            plan.training(),
            initial,
            batch,
            table == null ? 0 : table.shape().intSize(),
            true);
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
    SessionArguments arguments = store.table.arguments();
    this.parameters =
        new TrainingParameters(
            arguments, layout.arena(), new OnDevice(a.weights), new OnDevice(a.gradients));
    this.optimizerState =
        new OptimizerState(
            arguments,
            layout.arena().trainedSpecs(),
            new OnDevice(a.firstMoments),
            new OnDevice(a.secondMoments),
            new OnDevice(a.averages));
    store.engine.start();
  }

  @Override
  public int slots() {
    return store.inputs.count();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    check();
    store.start(slot, tokens, labels, puzzleIdentifier, key);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    table().requireAll(lastStep);
    for (int slot = 0; slot < slots(); slot++) {
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
    parameters.assignGradients(gradients, plan.config().puzzleEmbDim(), puzzleIdentifiers);
    optimizer.given(gradients.tensors().get(ParameterLayout.PUZZLE_EMBEDDING), puzzleIdentifiers);
  }

  @Override
  public void assign(ParameterSet trained) {
    check();
    parameters.assign(trained);
    optimizer.transposeAll();
  }

  @Override
  public ParameterSet parameters() {
    check();
    return parameters.values();
  }

  @Override
  public ParameterSet averages() {
    check();
    return optimizerState.averages();
  }

  @Override
  public ParameterSet gradients() {
    check();
    int size = Math.multiplyExact(slots(), plan.config().puzzleEmbDim());
    float[] rows = new float[size];
    if (size > 0) {
      store.transfers.read(store.arrays.puzzleGradients, 0, rows, 0, size);
    }
    return parameters.gradients(rows);
  }

  @Override
  public long draws(int slot) {
    table().require(slot);
    return store.inputs.draws(slot);
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    table().require(slot);
    store.inputs.draws(slot, draws);
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
    return store.table;
  }

  /** Values in an array of the device; the puzzle embedding has one of its own. */
  private final class OnDevice implements ParameterValues {
    private final FloatArray array;

    OnDevice(FloatArray array) {
      this.array = array;
    }

    private boolean table(ParameterSpec spec) {
      return spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING;
    }

    @Override
    public Tensor get(ParameterSpec spec) {
      float[] values = new float[spec.shape().intSize()];
      store.transfers.read(
          table(spec) ? store.arrays.puzzles : array,
          table(spec) ? 0 : layout.offset(spec),
          values,
          0,
          values.length);
      return Tensor.of(spec.shape(), values);
    }

    @Override
    public void set(ParameterSpec spec, Tensor values) {
      store.transfers.write(
          table(spec) ? store.arrays.puzzles : array,
          table(spec) ? 0 : layout.offset(spec),
          values.toArray());
    }
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
