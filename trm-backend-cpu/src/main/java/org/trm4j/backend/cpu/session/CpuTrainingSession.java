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
import org.trm4j.backend.cpu.program.SizeOfWork;
import org.trm4j.backend.cpu.program.Wave;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.backend.support.OptimizerState;
import org.trm4j.backend.support.ParameterArena;
import org.trm4j.backend.support.ParameterValues;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.backend.support.SlotSession;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.backend.support.TrainingParameters;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;

/** A training session on the heap. */
final class CpuTrainingSession extends SlotSession implements TrainingSession {
  private static final String NAME = "training session";

  private final CpuBackend backend;
  private final Plan plan;
  private final Weights weights;
  private final PuzzleTable puzzles;
  private final SlotTable table;
  private final Sequences sequences;
  private final Values values;
  private final TrainingParameters parameters;
  private final OptimizerState optimizerState;
  private final Runner runner;
  private final Gradients gradients;
  private final AdamAtan2 optimizer;
  private final Wave wave;
  private final int updaters;
  private final List<Frame> frames = new ArrayList<>();

  /** Gradients of rows that replace the slots' own; null if there are none. */
  private float @Nullable [][] givenRows;

  private int[] givenIdentifiers = new int[0];
  private volatile boolean closed;

  CpuTrainingSession(CpuBackend backend, Plan plan, ParameterSet given, int batch) {
    this.backend = backend;
    this.plan = plan;
    this.weights = new Weights(plan.parameters(), given, backend.kernels());
    this.puzzles = PuzzleTable.trainable(plan, given);
    SessionArguments arguments = new SessionArguments(NAME, plan, batch);
    this.sequences = new Sequences(plan, weights, batch);
    this.table = new SlotTable(arguments, plan, true, sequences);
    Program program =
        new Program(plan, backend.kernels(), weights, puzzles, batch, backend.steps());
    this.runner = new Runner(program, plan, Sequences.outputs(plan));
    this.gradients = new Gradients(weights.arena().trained(), batch, puzzles.width());
    this.optimizer = new AdamAtan2(backend.kernels(), weights.values, weights.arena().trained());
    this.wave = new Wave(program.need, gradients, program.context.wave(), backend.kernels());
    for (int place = 0; place < wave.capacity; place++) {
      Frame frame = new Frame(program, sequences.get(place), wave);
      frame.place = place;
      frames.add(frame);
    }
    ParameterArena arena = weights.arena();
    this.values = new Values();
    this.parameters = new TrainingParameters(arguments, arena, values, arena.in(gradients.values));
    this.optimizerState =
        new OptimizerState(
            arguments,
            arena.trainedSpecs(),
            arena.in(optimizer.firstMoment),
            arena.in(optimizer.secondMoment),
            arena.in(optimizer.average));
    this.updaters = SizeOfWork.workers(weights.values.length);
    backend.team().run(updaters, weights::pack);
  }

  @Override
  public int slots() {
    return table.count();
  }

  @Override
  protected SlotTable table() {
    check();
    return table;
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    table().start(slot, tokens, labels, puzzleIdentifier);
    sequences.start(slot, tokens, puzzleIdentifier, key);
    System.arraycopy(labels, 0, sequences.get(slot).labels, 0, labels.length);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    table().requireAll(lastStep);
    backend.team().run(updaters, this::clear);
    gradients.scale = gradientScale;
    givenRows = null;
    for (int slot = 0; slot < table.count(); slot++) {
      sequences.get(slot).lastStep = lastStep[slot];
    }
    for (int first = 0; first < table.count(); first += wave.capacity) {
      wave.firstSlot = first;
      wave.count = Math.min(wave.capacity, table.count() - first);
      for (int place = 0; place < wave.count; place++) {
        frames.get(place).sequence = sequences.get(first + place);
      }
      runner.train(backend.team(), wave, frames.subList(0, wave.count));
    }
    SequenceMetrics[] metrics = new SequenceMetrics[table.count()];
    for (int slot = 0; slot < metrics.length; slot++) {
      metrics[slot] =
          plan.hasPublishedLoss()
              ? Objects.requireNonNull(sequences.get(slot).metrics)
              : SequenceMetrics.NONE;
    }
    return metrics;
  }

  private PuzzleSignSgd puzzleRows(UpdateRule rule) {
    float[][] given = givenRows;
    if (given != null) {
      return new PuzzleSignSgd(puzzles, givenIdentifiers, given, rule);
    }
    int[] identifiers = new int[table.count()];
    for (int slot = 0; slot < identifiers.length; slot++) {
      identifiers[slot] = sequences.get(slot).puzzle;
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
    int width = puzzles.width();
    parameters.assignGradients(given, width, puzzleIdentifiers);
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
    parameters.assign(trained);
    backend.team().run(updaters, weights::pack);
  }

  @Override
  public ParameterSet parameters() {
    check();
    return parameters.values();
  }

  @Override
  public ParameterSet parametersInPlace() {
    check();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : weights.arena().specs()) {
      boolean rows = spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING;
      tensors.put(spec.name(), rows ? puzzles.inPlace() : values.get(spec));
    }
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet averages() {
    check();
    return optimizerState.averages();
  }

  @Override
  public ParameterSet gradients() {
    check();
    int width = puzzles.width();
    float[] rows = new float[Math.multiplyExact(table.count(), width)];
    for (int slot = 0; slot < table.count(); slot++) {
      System.arraycopy(gradients.puzzles[slot], 0, rows, slot * width, width);
    }
    return parameters.gradients(rows);
  }

  @Override
  public long draws(int slot) {
    table().require(slot);
    return sequences.get(slot).draws;
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    table().require(slot);
    sequences.get(slot).draws = draws;
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

  /** The weights, and the puzzle embedding in its table. */
  private final class Values implements ParameterValues {
    private final ParameterValues dense = weights.arena().in(weights.values);

    @Override
    public Tensor get(ParameterSpec spec) {
      return spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING ? puzzles.copy() : dense.get(spec);
    }

    @Override
    public void set(ParameterSpec spec, Tensor values) {
      if (spec.kind() != ParameterSpec.Kind.PUZZLE_EMBEDDING) {
        dense.set(spec, values);
        return;
      }
      float[] row = new float[puzzles.width()];
      for (int i = 0; i < spec.shape().dim(0); i++) {
        values.copyTo((long) i * row.length, row, 0, row.length);
        puzzles.write(i, row);
      }
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
  }
}
