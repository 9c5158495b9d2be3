package org.trm4j.backend.cpu.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Gradients;
import org.trm4j.backend.cpu.program.Program;
import org.trm4j.backend.cpu.program.PuzzleTable;
import org.trm4j.backend.cpu.program.Runner;
import org.trm4j.backend.cpu.program.Sequence;
import org.trm4j.backend.cpu.program.SizeOfWork;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;

/** A training run on the heap. */
final class CpuTrainingSession implements TrainingSession {
  private static final String NAME = "training session";

  private final CpuBackend backend;
  private final Plan plan;
  private final Weights weights;
  private final PuzzleTable puzzles;
  private final Slots slots;
  private final Runner runner;
  private final Gradients gradients;
  private final AdamAtan2 optimizer;
  private final Wave wave;
  private final int updaters;
  private final List<Frame> frames = new ArrayList<>();

  /** Gradients of rows that were given in place of the slots' own; null for none. */
  private float @Nullable [][] givenRows;

  private int[] givenIdentifiers = new int[0];
  private volatile boolean closed;

  CpuTrainingSession(CpuBackend backend, Plan plan, ParameterSet parameters, int batch) {
    this.backend = backend;
    this.plan = plan;
    this.weights = new Weights(plan.parameters(), parameters, backend.kernels());
    this.puzzles = PuzzleTable.trainable(plan, parameters);
    this.slots = new Slots(NAME, plan, weights, batch);
    Program program =
        new Program(plan, backend.kernels(), weights, puzzles, batch, backend.steps());
    this.runner = new Runner(program, plan, Slots.outputs(plan));
    this.gradients = new Gradients(weights.trained(), batch, puzzles.width());
    this.optimizer = new AdamAtan2(backend.kernels(), weights.values, weights.trained());
    this.wave = new Wave(program.need, gradients, program.context.wave(), backend.kernels());
    for (int place = 0; place < wave.capacity; place++) {
      Frame frame = new Frame(program, slots.get(place), wave);
      frame.place = place;
      frames.add(frame);
    }
    this.updaters = SizeOfWork.workers(weights.values.length);
    backend.team().run(updaters, weights::pack);
  }

  @Override
  public int slots() {
    return slots.count();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    check();
    Sequence sequence = slots.start(slot, tokens, puzzleIdentifier, key);
    slots.labels(sequence, labels);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    check();
    slots.arguments().lastStep(lastStep);
    backend.team().run(updaters, this::clear);
    gradients.scale = gradientScale;
    givenRows = null;
    for (int slot = 0; slot < slots.count(); slot++) {
      slots.started(slot).lastStep = lastStep[slot];
    }
    for (int first = 0; first < slots.count(); first += wave.capacity) {
      wave.firstSlot = first;
      wave.count = Math.min(wave.capacity, slots.count() - first);
      for (int place = 0; place < wave.count; place++) {
        frames.get(place).sequence = slots.get(first + place);
      }
      runner.train(backend.team(), wave, frames.subList(0, wave.count));
    }
    SequenceMetrics[] metrics = new SequenceMetrics[slots.count()];
    for (int slot = 0; slot < metrics.length; slot++) {
      metrics[slot] =
          plan.hasPublishedLoss()
              ? Objects.requireNonNull(slots.get(slot).metrics)
              : SequenceMetrics.NONE;
    }
    return metrics;
  }

  private PuzzleSignSgd puzzleRows(UpdateRule rule) {
    float[][] given = givenRows;
    if (given != null) {
      return new PuzzleSignSgd(puzzles, givenIdentifiers, given, rule);
    }
    int[] identifiers = new int[slots.count()];
    for (int slot = 0; slot < identifiers.length; slot++) {
      identifiers[slot] = slots.get(slot).puzzle;
    }
    return new PuzzleSignSgd(puzzles, identifiers, gradients.puzzles, rule);
  }

  private void clear(Worker worker) {
    int size = gradients.values.length;
    Arrays.fill(gradients.values, worker.from(size), worker.to(size), 0f);
  }

  @Override
  public void update(UpdateRule rule) {
    check();
    PuzzleSignSgd rows = puzzleRows(rule);
    backend
        .team()
        .run(
            updaters,
            worker -> {
              optimizer.update(weights.values, gradients.values, rule, worker);
              rows.update(worker);
              worker.await();
              weights.pack(worker);
            });
    rows.store();
  }

  @Override
  public void assignGradients(ParameterSet given, int[] puzzleIdentifiers) {
    check();
    List<ParameterSpec> trained =
        weights.specs().stream().filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED).toList();
    int width = puzzles.width();
    slots.arguments().gradients(given, trained, width, puzzleIdentifiers);
    for (ParameterSpec spec : trained) {
      Tensor tensor = given.tensors().get(spec.name());
      if (tensor != null) {
        tensor.copyTo(0, gradients.values, weights.offset(spec), spec.shape().intSize());
      }
    }
    float[][] rows = new float[puzzleIdentifiers.length][width];
    Tensor tensor = given.tensors().get(ParameterLayout.PUZZLE_EMBEDDING);
    for (int i = 0; i < rows.length && tensor != null; i++) {
      tensor.copyTo((long) i * width, rows[i], 0, width);
    }
    givenRows = rows;
    givenIdentifiers = puzzleIdentifiers.clone();
  }

  @Override
  public void assign(ParameterSet trained) {
    check();
    for (ParameterSpec spec : weights.specs()) {
      Tensor tensor = trained.tensors().get(spec.name());
      if (tensor != null && spec.kind() != ParameterSpec.Kind.FIXED) {
        if (!tensor.shape().equals(spec.shape())) {
          throw new BackendException(
              "%s: assign %s: shape %s, expected %s"
                  .formatted(NAME, spec.name(), tensor.shape(), spec.shape()));
        }
        if (spec.kind() == ParameterSpec.Kind.TRAINED) {
          tensor.copyTo(0, weights.values, weights.offset(spec), spec.shape().intSize());
        } else {
          float[] values = new float[puzzles.width()];
          for (int row = 0; row < spec.shape().dim(0); row++) {
            tensor.copyTo((long) row * values.length, values, 0, values.length);
            puzzles.write(row, values);
          }
        }
      }
    }
    backend.team().run(updaters, weights::pack);
  }

  @Override
  public ParameterSet parameters() {
    return parameters(true);
  }

  @Override
  public ParameterSet parametersInPlace() {
    return parameters(false);
  }

  private ParameterSet parameters(boolean copied) {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : weights.specs()) {
      boolean table = spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING;
      tensors.put(
          spec.name(),
          !table ? slice(spec, weights.values) : copied ? puzzles.copy() : puzzles.inPlace());
    }
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet averages() {
    check();
    return trained("", optimizer.average);
  }

  @Override
  public ParameterSet gradients() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>(trained("", gradients.values).tensors());
    int width = puzzles.width();
    if (width > 0) {
      float[] rows = new float[Math.multiplyExact(slots.count(), width)];
      for (int slot = 0; slot < slots.count(); slot++) {
        System.arraycopy(gradients.puzzles[slot], 0, rows, slot * width, width);
      }
      tensors.put(
          ParameterLayout.PUZZLE_EMBEDDING, Tensor.of(Shape.of(slots.count(), width), rows));
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
    slots.read(output, slot, target, Slots.outputs(plan));
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
    return slots.started(slot).draws;
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    check();
    slots.started(slot).draws = draws;
  }

  @Override
  public void logits(int slot, float[] target) {
    check();
    slots.copyLogits(slot, target);
  }

  @Override
  public ParameterSet optimizerState() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.putAll(trained("m.", optimizer.firstMoment).tensors());
    tensors.putAll(trained("v.", optimizer.secondMoment).tensors());
    tensors.putAll(trained("ema.", optimizer.average).tensors());
    return new ParameterSet(tensors);
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    check();
    restore("m.", optimizer.firstMoment, state);
    restore("v.", optimizer.secondMoment, state);
    restore("ema.", optimizer.average, state);
  }

  private void restore(String prefix, float[] target, ParameterSet state) {
    for (ParameterSpec spec : weights.specs()) {
      if (spec.kind() == ParameterSpec.Kind.TRAINED) {
        Tensor tensor = state.get(prefix + spec.name());
        slots.arguments().optimizerState(prefix, spec, tensor.shape());
        tensor.copyTo(0, target, weights.offset(spec), spec.shape().intSize());
      }
    }
  }

  private ParameterSet trained(String prefix, float[] values) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : weights.specs()) {
      if (spec.kind() == ParameterSpec.Kind.TRAINED) {
        tensors.put(prefix + spec.name(), slice(spec, values));
      }
    }
    return new ParameterSet(tensors);
  }

  private Tensor slice(ParameterSpec spec, float[] values) {
    int from = weights.offset(spec);
    return Tensor.of(spec.shape(), Arrays.copyOfRange(values, from, from + spec.shape().intSize()));
  }

  private void check() {
    if (closed || backend.isClosed()) {
      throw BackendException.closed(NAME);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
