package org.trm4j.backend.cpu;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.ParameterLayout;
import org.trm4j.plan.Plan;

/**
 * Training by waves: the sequences of a wave run forward and backward in parallel, and after each
 * backward operation the threads share its weight gradients by rows, so that one set of gradients
 * is enough and its sums have a fixed order.
 */
final class CpuTrainingSession implements TrainingSession {
  /** Memory for the frames of a wave, in bytes. */
  private static final long WAVE_BYTES = 128L << 20;

  private final Plan plan;
  private final ModelConfig config;
  private final BooleanSupplier backendClosed;
  private final WorkerPool pool;
  private final Weights weights;
  private final Optimizer optimizer;
  private final StateLayout layout;
  private final Executable executable;
  private final Executor executor;
  private final List<Step> forward;
  private final List<Step> backward;
  private final TrainingSlot[] slots;
  private final Frame[] wave;
  private boolean closed;

  CpuTrainingSession(
      Plan plan,
      ParameterSet parameters,
      int batch,
      Kernels kernels,
      WorkerPool pool,
      BooleanSupplier backendClosed) {
    this.plan = plan;
    this.config = plan.config();
    this.pool = pool;
    this.backendClosed = backendClosed;
    this.weights = new Weights(plan, parameters, kernels, true);
    this.optimizer = new Optimizer(plan, weights, kernels, pool);
    this.layout = new StateLayout(plan, weights);
    this.executable = new Executable(plan.training(), layout.offsets, config, weights, kernels);
    this.executor = new Executor(pool, executable);
    int loss = 0;
    while (!(executable.steps.get(loss) instanceof LossStep)) {
      loss++;
    }
    this.forward = executable.steps.subList(0, loss + 1);
    this.backward = executable.steps.subList(loss + 1, executable.steps.size());
    this.slots = new TrainingSlot[batch];
    for (int i = 0; i < batch; i++) {
      slots[i] = new TrainingSlot(layout.size, config);
    }
    long fitting = Math.max(pool.threads(), WAVE_BYTES / Math.max(1, executable.frameBytes()));
    this.wave = new Frame[(int) Math.min(batch, fitting - fitting % pool.threads())];
    for (int i = 0; i < wave.length; i++) {
      wave[i] = executable.newFrame();
    }
  }

  @Override
  public int slots() {
    return slots.length;
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier) {
    TrainingSlot target = slot(slot);
    Checks.example(config, tokens, puzzleIdentifier);
    Checks.labels(config, labels);
    System.arraycopy(tokens, 0, target.tokens, 0, tokens.length);
    System.arraycopy(labels, 0, target.labels, 0, labels.length);
    target.puzzle = puzzleIdentifier;
    target.started = true;
    layout.reset(target.states);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    checkOpen();
    Checks.length("lastStep", lastStep.length, slots.length);
    for (int i = 0; i < slots.length; i++) {
      if (!slots[i].started) {
        throw new IllegalStateException("slot %d: was never started".formatted(i));
      }
    }
    optimizer.clearGradients();
    SequenceMetrics[] metrics = new SequenceMetrics[slots.length];
    for (int first = 0; first < slots.length; first += wave.length) {
      int count = Math.min(wave.length, slots.length - first);
      for (int i = 0; i < count; i++) {
        slots[first + i].bind(wave[i], lastStep[first + i], gradientScale);
      }
      runWave(count);
      for (int i = 0; i < count; i++) {
        metrics[first + i] = Objects.requireNonNull(wave[i].metrics);
        Slice logits = executable.locator.find(plan.logits());
        float[] target = slots[first + i].logits;
        System.arraycopy(wave[i].work, logits.offset(), target, 0, target.length);
        slots[first + i].stepped = true;
      }
    }
    return metrics;
  }

  private void runWave(int count) {
    executor.run(forward, wave, count);
    for (Step step : backward) {
      executor.run(List.of(step), wave, count);
      executor.addWeightGradients(step, wave, count);
    }
  }

  @Override
  public void update(UpdateRule rule) {
    checkOpen();
    optimizer.update(rule, slots);
    weights.repack(pool);
  }

  @Override
  public ParameterSet parameters() {
    checkOpen();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    plan.parameters()
        .forEach(
            spec -> tensors.put(spec.name(), Tensor.of(spec.shape(), weights.raw(spec).clone())));
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet averages() {
    checkOpen();
    return optimizer.averages();
  }

  @Override
  public ParameterSet gradients() {
    checkOpen();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights
        .gradients()
        .forEach((name, values) ->
            tensors.put(name, Tensor.of(plan.parameter(name).shape(), values.clone())));
    int width = config.puzzleEmbDim();
    if (width > 0) {
      float[] rows = new float[slots.length * width];
      for (int i = 0; i < slots.length; i++) {
        System.arraycopy(slots[i].puzzleGradient, 0, rows, i * width, width);
      }
      tensors.put(ParameterLayout.PUZZLE_EMBEDDING, Tensor.of(Shape.of(slots.length, width), rows));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    layout.copy(name, slot(slot).states, target);
  }

  @Override
  public void logits(int slot, float[] target) {
    TrainingSlot found = slot(slot);
    if (!found.stepped) {
      throw new IllegalStateException(
          "slot %d: has no result yet, no step was run".formatted(slot));
    }
    Checks.length("logits", target.length, found.logits.length);
    System.arraycopy(found.logits, 0, target, 0, target.length);
  }

  @Override
  public ParameterSet optimizerState() {
    checkOpen();
    return optimizer.state();
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    checkOpen();
    optimizer.restore(state);
  }

  private TrainingSlot slot(int slot) {
    checkOpen();
    Checks.slot(slot, slots.length);
    return slots[slot];
  }

  private void checkOpen() {
    if (closed || backendClosed.getAsBoolean()) {
      throw BackendException.closed("training session");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
