package org.trm4j.backend.tornado.session;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.RotaryTables;
import org.trm4j.backend.tornado.memory.SlotLayout;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.Program;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Transfers;
import org.trm4j.backend.tornado.program.Workspace;
import org.trm4j.backend.tornado.task.OperationTasks;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.PlanNode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The slots of a session on the device, with the graphs that both kinds of session need. */
final class SlotStore implements SlotTable.Memory, AutoCloseable {
  private static final int ALIGNMENT = 16;
  private static final int CHUNK = 1 << 18;

  final Plan plan;
  final SlotTable table;
  final SlotInputs inputs;
  final DeviceArrays arrays;
  final Engine engine;
  final Transfers transfers;
  private final SlotLayout layout;
  private final Workspace workspace;
  private final Program program;
  private final TaskInputs fed;
  private final SlotGraphs graphs;
  private final int noisyUpdates;
  private boolean outputsKnown;
  private boolean decisionsKnown;

  /** The parameters that a session starts with. */
  record Parameters(WeightLayout layout, FloatArray values, FloatArray transposed) {
    static Parameters of(Plan plan, ParameterSet parameters) {
      WeightLayout layout = new WeightLayout(plan);
      FloatArray values = layout.values(parameters);
      return new Parameters(layout, values, layout.transposes(values));
    }
  }

  SlotStore(
      String session,
      TornadoBackend backend,
      Plan plan,
      List<PlanNode> nodes,
      Parameters parameters,
      int slots,
      int puzzles,
      boolean trains) {
    int trained = trains ? parameters.layout().trained() : 0;
    this.plan = plan;
    this.table = new SlotTable(new SessionArguments(session, plan, slots), plan, trains, this);
    this.inputs = new SlotInputs(plan, slots);
    this.layout = SlotLayout.of(plan);
    this.fed = new TaskInputs(layout, slots);
    RotaryTables rotary = new RotaryTables(plan.config().length(), nodes);
    TaskContext context =
        new TaskContext(
            plan.config(),
            parameters.layout(),
            rotary,
            layout,
            BufferPlanner.allocate(nodes, ALIGNMENT),
            backend.products(),
            backend.kernels());
    int puzzleGradients = trains ? Math.multiplyExact(slots, plan.config().puzzleEmbDim()) : 0;
    long other =
        4L
            * ((long) parameters.layout().size()
                + parameters.layout().transposedSize()
                + puzzles
                + puzzleGradients
                + (trains ? GivenRows.size(plan.config().puzzleEmbDim()) : 0)
                + 4L * trained
                + 2L * inputs.records.getSize()
                + 2L * fed.values.getSize()
                + 3L * CHUNK);
    this.workspace =
        Workspace.fit(
            session,
            slots,
            layout.size(),
            Workspace.Need.of(nodes, context, OperationTasks::add),
            other,
            backend.limits());
    this.arrays =
        new DeviceArrays(
            new DeviceArrays.Sizes(
                slots,
                inputs.records.getSize(),
                workspace.arena(),
                puzzles,
                puzzleGradients,
                trained,
                workspace.staging()),
            parameters.values(),
            parameters.transposed(),
            rotary.values());
    this.program = new Program(nodes, context, OperationTasks::add, arrays, workspace.wave());
    this.engine = new Engine(backend.choice(), backend.counters(), arrays);
    engine.add(program);
    this.graphs = new SlotGraphs(plan, arrays, engine, layout, parameters.layout(), inputs, fed);
    this.noisyUpdates = RandomDraws.noisyUpdates(nodes);
    this.transfers = new Transfers(engine, chunk(parameters.layout()));
    transfers.readable(arrays, arrays.arena);
    transfers.writable(arrays, arrays.arena);
  }

  /** Returns the number of floats of the staging buffers, which are small if all arrays are. */
  private int chunk(WeightLayout weights) {
    return Math.min(CHUNK, Math.max(weights.largest(), layout.size()));
  }

  /** Puts a puzzle into a slot; {@code labels} are null if nothing is trained. */
  void start(int slot, int[] tokens, int @Nullable [] labels, int puzzle, long key) {
    table.start(slot, tokens, labels, puzzle);
    inputs.start(slot, tokens, puzzle, key);
    if (labels != null) {
      inputs.label(slot, labels);
    }
    fed.clear(slot);
  }

  void stop(int slot) {
    table.stop(slot);
    inputs.stop(slot);
  }

  void stopAll() {
    table.stopAll();
    inputs.stopAll();
  }

  private void flush() {
    graphs.flush(graphs.gradientScale.get(0));
  }

  /**
   * Runs a supervision step.
   *
   * @return whether it finished; if not, all slots are idle
   */
  boolean step(float scale, BooleanSupplier stop) {
    graphs.flush(scale);
    boolean done = engine.run(program, workspace, stop);
    outputsKnown = false;
    decisionsKnown = false;
    if (done) {
      inputs.drawn(noisyUpdates);
    } else {
      stopAll();
    }
    return done;
  }

  @Override
  public void read(int slot, Buffer buffer, float[] target) {
    int size = buffer.shape().intSize();
    if (buffer.role() == Buffer.Role.STATE) {
      flush();
      transfers.read(arrays.arena, at(slot, buffer), target, 0, size);
    } else if (!outputsKnown && buffer.equals(plan.q()) && plan.outputs().isEmpty()) {
      decide();
      copy(graphs.q, slot * size, target, size);
    } else {
      gather();
      SlotLayout.Part part = layout.outputs();
      copy(
          graphs.outputs, slot * part.size() + layout.offset(buffer) - part.offset(), target, size);
    }
  }

  private static void copy(FloatArray from, int at, float[] target, int size) {
    for (int i = 0; i < size; i++) {
      target[i] = from.get(at + i);
    }
  }

  @Override
  public void write(int slot, Buffer buffer, float[] source) {
    if (buffer.role() == Buffer.Role.INPUT) {
      fed.set(slot, buffer, source);
    } else {
      flush();
      transfers.write(arrays.arena, at(slot, buffer), source);
    }
  }

  @Override
  public void argMax(int slot, int[] target) {
    decide();
    int rows = plan.logits().shape().dim(0);
    for (int row = 0; row < rows; row++) {
      target[row] = graphs.drafts.get(slot * rows + row);
    }
  }

  private int at(int slot, Buffer state) {
    return slot * layout.size() + layout.offset(state);
  }

  private void gather() {
    if (!outputsKnown) {
      graphs.gather();
      outputsKnown = true;
    }
  }

  private void decide() {
    if (!decisionsKnown) {
      graphs.decide();
      decisionsKnown = true;
    }
  }

  /** Adds noise to the states of a slot. */
  void perturb(int slot, float sigma, long seed) {
    table.require(slot);
    flush();
    graphs.perturb(slot, sigma, seed);
  }

  @Override
  public void close() {
    engine.close();
  }
}
