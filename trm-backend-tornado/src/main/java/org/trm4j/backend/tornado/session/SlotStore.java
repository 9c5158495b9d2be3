package org.trm4j.backend.tornado.session;

import java.util.List;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.kernel.CopyIntsKernel;
import org.trm4j.backend.tornado.kernel.GatherKernel;
import org.trm4j.backend.tornado.kernel.NoiseKernel;
import org.trm4j.backend.tornado.kernel.ResetKernel;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.RotaryTables;
import org.trm4j.backend.tornado.memory.SlotLayout;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.Program;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.program.Transfers;
import org.trm4j.backend.tornado.program.Workspace;
import org.trm4j.backend.tornado.task.OperationTasks;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.PlanNode;
import org.trm4j.plan.StateBuffer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

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
  private final int begin;
  private final int gather;
  private final int noise;
  private final FloatArray gradientScale = DeviceArrays.zeros(1);
  private final FloatArray outputs;
  private final IntArray noiseRange = new IntArray(4);
  private final FloatArray sigma = DeviceArrays.zeros(1);
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
    RotaryTables rotary = new RotaryTables(plan.config().length(), nodes);
    TaskContext context =
        new TaskContext(
            plan.config(),
            parameters.layout(),
            rotary,
            layout,
            BufferPlanner.allocate(nodes, ALIGNMENT),
            backend.products());
    int puzzleGradients =
        trained == 0 ? 0 : Math.multiplyExact(slots, plan.config().puzzleEmbDim());
    long other =
        4L
            * ((long) parameters.layout().size()
                + parameters.layout().transposedSize()
                + puzzles
                + puzzleGradients
                + 4L * trained
                + inputs.records.getSize()
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
    this.outputs = DeviceArrays.zeros(Math.multiplyExact(slots, outputSize()));
    this.begin = engine.add(beginning(parameters.layout()), sources(), List.of());
    this.gather = engine.add(gathering(), List.of(), List.of(outputs));
    noiseRange.init(0);
    this.noise = engine.add(noising(), noiseRange, List.of(sigma), List.of());
    this.transfers = new Transfers(engine, chunk(parameters.layout()));
    transfers.readable(arrays, arrays.arena);
    transfers.writable(arrays, arrays.arena);
  }

  /** Returns the floats of the staging buffers: small where all arrays are. */
  private int chunk(WeightLayout weights) {
    return Math.min(CHUNK, Math.max(weights.size(), layout.size()));
  }

  private List<Object> sources() {
    return List.of(inputs.records, gradientScale);
  }

  private Tasks beginning(WeightLayout weights) {
    Tasks t = new Tasks(arrays, 1, 0);
    int n = inputs.records.getSize();
    int all = t.operand(OperandLocation.number(n));
    t.add(
        "inputs",
        new Tasks.Range(n, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                CopyIntsKernel::run,
                t.context,
                operands,
                inputs.records,
                arrays.inputs,
                all));
    int one = t.operand(OperandLocation.number(1));
    t.numbers(0, 0);
    t.add(
        "scale",
        new Tasks.Range(1, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name, GatherKernel::run, t.context, operands, gradientScale, arrays.scalars, one));
    for (int k = 0; k < plan.states().size(); k++) {
      Buffer state = plan.states().get(k).buffer();
      ParameterSpec initial = stored(plan.states().get(k));
      int size = state.shape().intSize();
      int at =
          t.operands(OperandLocation.number(size), OperandLocation.number(state.shape().dim(1)));
      t.numbers(weights.offset(initial), offset(state), layout.size());
      t.numbers(SlotRecord.record(plan.config().seqLen()));
      t.add(
          "reset",
          new Tasks.Range(size, inputs.count(), 1),
          (graph, name, operands) ->
              graph.task(
                  name,
                  ResetKernel::run,
                  t.context,
                  operands,
                  arrays.inputs,
                  arrays.active,
                  arrays.weights,
                  arrays.arena,
                  at));
    }
    return t;
  }

  private static ParameterSpec stored(StateBuffer state) {
    ParameterSpec stored = state.stored();
    if (stored == null) {
      throw new BackendException(
          "backend %s: state %s starts at random, which only a CPU backend can do"
              .formatted(DeviceChoice.BACKEND, state.name()));
    }
    return stored;
  }

  private Tasks gathering() {
    Tasks t = new Tasks(arrays, 1, 0);
    int at =
        t.operands(OperandLocation.number(outputSize()), OperandLocation.number(offset(plan.q())));
    t.numbers(layout.size());
    t.add(
        "gather",
        new Tasks.Range(outputSize(), inputs.count(), 1),
        (graph, name, operands) ->
            graph.task(name, GatherKernel::run, t.context, operands, arrays.arena, outputs, at));
    return t;
  }

  private Tasks noising() {
    Tasks t = new Tasks(arrays, 1, 0);
    int n = plan.states().getFirst().shape().intSize();
    noiseRange.set(3, n);
    t.add(
        "noise",
        new Tasks.Range(n, 1, 1),
        (graph, name, range) ->
            graph.task(name, NoiseKernel::run, t.context, range, sigma, arrays.arena));
    return t;
  }

  /** Returns q's two floats and the logits. */
  private int outputSize() {
    return 2 + plan.logits().shape().intSize();
  }

  private int offset(Buffer buffer) {
    Integer offset = layout.offsets().get(buffer);
    if (offset == null) {
      throw new IllegalStateException("plan: buffer " + buffer + " is not kept");
    }
    return offset;
  }

  /** Tells the device what the slots hold. */
  void flush(float scale) {
    if (!inputs.isKnown() || gradientScale.get(0) != scale) {
      gradientScale.set(0, scale);
      engine.launch(begin);
      inputs.known();
    }
  }

  /** Runs a supervision step. */
  void step(float scale) {
    flush(scale);
    engine.run(program, workspace);
    outputsKnown = false;
  }

  /** Returns the float of q, or of the logits that follow it, of a slot's last step. */
  float output(int slot, int index) {
    if (!outputsKnown) {
      engine.launch(gather);
      outputsKnown = true;
    }
    return outputs.get(slot * outputSize() + index);
  }

  void logits(int slot, float[] target) {
    int size = plan.logits().shape().intSize();
    inputs.checkStarted(slot);
    inputs.arguments().target("logits", target.length, size);
    for (int i = 0; i < size; i++) {
      target[i] = output(slot, 2 + i);
    }
  }

  void state(String name, int slot, float[] target) {
    inputs.checkStarted(slot);
    Buffer state = plan.states().get(inputs.arguments().state(name)).buffer();
    inputs.arguments().target("state", target.length, state.shape().intSize());
    flush(gradientScale.get(0));
    int from = slot * layout.size() + offset(state);
    transfers.read(arrays.arena, from, target, 0, state.shape().intSize());
  }

  void restoreState(String name, int slot, float[] source) {
    inputs.checkStarted(slot);
    Buffer state = plan.states().get(inputs.arguments().state(name)).buffer();
    inputs.arguments().source("state " + name, source.length, state.shape().size());
    flush(gradientScale.get(0));
    transfers.write(arrays.arena, slot * layout.size() + offset(state), source);
  }

  /** Adds {@link GaussianNoise} to the states of a slot. */
  void perturb(int slot, float standardDeviation, long noiseSeed) {
    inputs.checkStarted(slot);
    flush(gradientScale.get(0));
    engine.locked(() -> {
      sigma.set(0, standardDeviation);
      for (int k = 0; k < plan.states().size(); k++) {
        if (!plan.states().get(k).constant()) {
          noiseRange.set(0, slot * layout.size() + offset(plan.states().get(k).buffer()));
          long stream = GaussianNoise.stream(noiseSeed, 0, k);
          noiseRange.set(1, (int) stream);
          noiseRange.set(2, (int) (stream >>> 32));
          engine.launch(noise);
        }
      }
    });
  }

  @Override
  public void close() {
    engine.close();
  }
}
