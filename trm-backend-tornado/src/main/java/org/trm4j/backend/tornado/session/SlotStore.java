package org.trm4j.backend.tornado.session;

import java.util.List;
import java.util.function.BooleanSupplier;
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
final class SlotStore implements AutoCloseable {
  private static final int ALIGNMENT = 16;
  private static final int CHUNK = 1 << 18;

  final Plan plan;
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
      int trained) {
    this.plan = plan;
    this.inputs = new SlotInputs(session, plan, slots);
    this.layout = SlotLayout.of(plan);
    this.fed = new TaskInputs(layout, inputs.arguments());
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
    int puzzleGradients =
        trained == 0 ? 0 : Math.multiplyExact(slots, plan.config().puzzleEmbDim());
    long other =
        4L
            * ((long) parameters.layout().size()
                + parameters.layout().transposedSize()
                + puzzles
                + puzzleGradients
                + (trained == 0 ? 0 : GivenRows.size(plan.config().puzzleEmbDim()))
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

  /** Returns the floats of the staging buffers: small where all arrays are. */
  private int chunk(WeightLayout weights) {
    return Math.min(CHUNK, Math.max(weights.size(), layout.size()));
  }

  /** Puts a puzzle into a slot. */
  void start(int slot, int[] tokens, int puzzle, long key) {
    inputs.start(slot, tokens, puzzle, key);
    fed.clear(slot);
  }

  /** Overwrites an input of a started slot. */
  void feed(int slot, String input, float[] values) {
    inputs.checkStarted(slot);
    fed.set(slot, input, values);
  }

  private void flush() {
    graphs.flush(graphs.gradientScale.get(0));
  }

  /**
   * Runs a supervision step.
   *
   * @return whether it was done; else all slots rest
   */
  boolean step(float scale, BooleanSupplier stop) {
    graphs.flush(scale);
    boolean done = engine.run(program, workspace, stop);
    outputsKnown = false;
    if (done) {
      inputs.drawn(noisyUpdates);
    } else {
      inputs.stopAll();
    }
    return done;
  }

  /** Returns a float of an output of a slot's last step. */
  float output(int slot, Buffer output, int index) {
    if (!outputsKnown) {
      graphs.gather();
      outputsKnown = true;
    }
    SlotLayout.Part part = layout.outputs();
    return graphs.outputs.get(slot * part.size() + layout.offset(output) - part.offset() + index);
  }

  void logits(int slot, float[] target) {
    inputs.arguments().head(plan.logits());
    inputs.checkStarted(slot);
    inputs.arguments().target("logits", target.length, plan.logits().shape().intSize());
    copy(plan.logits(), slot, target);
  }

  /** Copies one of {@code outputs} by its name. */
  void read(String name, int slot, float[] target, List<Buffer> outputs) {
    inputs.checkStarted(slot);
    Buffer output = outputs.get(inputs.arguments().buffer("output", name, outputs));
    inputs.arguments().target("output " + name, target.length, output.shape().intSize());
    copy(output, slot, target);
  }

  private void copy(Buffer output, int slot, float[] target) {
    for (int i = 0; i < output.shape().intSize(); i++) {
      target[i] = output(slot, output, i);
    }
  }

  void state(String name, int slot, float[] target) {
    inputs.checkStarted(slot);
    Buffer state = plan.states().get(inputs.arguments().state(name)).buffer();
    inputs.arguments().target("state", target.length, state.shape().intSize());
    flush();
    int from = slot * layout.size() + layout.offset(state);
    transfers.read(arrays.arena, from, target, 0, state.shape().intSize());
  }

  void restoreState(String name, int slot, float[] source) {
    inputs.checkStarted(slot);
    Buffer state = plan.states().get(inputs.arguments().state(name)).buffer();
    inputs.arguments().source("state " + name, source.length, state.shape().size());
    flush();
    transfers.write(arrays.arena, slot * layout.size() + layout.offset(state), source);
  }

  /** Adds noise to the states of a slot. */
  void perturb(int slot, float sigma, long seed) {
    inputs.checkStarted(slot);
    flush();
    graphs.perturb(slot, sigma, seed);
  }

  @Override
  public void close() {
    engine.close();
  }
}
