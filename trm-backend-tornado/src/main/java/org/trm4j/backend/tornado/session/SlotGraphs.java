package org.trm4j.backend.tornado.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.CopyIntsKernel;
import org.trm4j.backend.tornado.kernel.GatherKernel;
import org.trm4j.backend.tornado.kernel.ScatterKernel;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.kernel.head.ArgMaxKernel;
import org.trm4j.backend.tornado.kernel.state.ActivateKernel;
import org.trm4j.backend.tornado.kernel.state.DrawnStartKernel;
import org.trm4j.backend.tornado.kernel.state.NoiseKernel;
import org.trm4j.backend.tornado.kernel.state.ResetKernel;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.SlotLayout;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.task.StateTasks;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.StateBuffer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The graphs that copy data between slots and host, and add a caller's noise. */
final class SlotGraphs {
  final FloatArray gradientScale = DeviceArrays.zeros(1);
  final FloatArray outputs;

  /** The arg-max of each row of logits, [slots, rows]. */
  final IntArray drafts;

  /** q_halt and q_continue, [slots, 2]. */
  final FloatArray q;

  private final Plan plan;
  private final DeviceArrays arrays;
  private final Engine engine;
  private final SlotLayout layout;
  private final SlotInputs inputs;
  private final TaskInputs fed;
  private final int record;
  private final int begin;
  private final int feed;
  private final int gather;
  private final int decide;
  private final int noise;
  private final IntArray noiseRange = new IntArray(4);
  private final FloatArray sigma = DeviceArrays.zeros(1);

  SlotGraphs(
      Plan plan,
      DeviceArrays arrays,
      Engine engine,
      SlotLayout layout,
      WeightLayout weights,
      SlotInputs inputs,
      TaskInputs fed) {
    this.plan = plan;
    this.arrays = arrays;
    this.engine = engine;
    this.layout = layout;
    this.inputs = inputs;
    this.fed = fed;
    this.record = SlotRecord.record(plan.config().seqLen());
    this.outputs = DeviceArrays.zeros(Math.multiplyExact(inputs.count(), layout.outputs().size()));
    this.begin = engine.add(beginning(weights), List.of(inputs.records, gradientScale), List.of());
    this.feed = engine.add(feeding(), List.of(fed.values), List.of());
    this.gather = engine.add(gathering(), List.of(), List.of(outputs));
    int rows = plan.logits().shape().dim(0);
    this.drafts = new IntArray(Math.max(1, Math.multiplyExact(inputs.count(), rows)));
    drafts.init(0);
    this.q = DeviceArrays.zeros(Math.multiplyExact(inputs.count(), plan.q().shape().intSize()));
    this.decide = rows == 0 ? -1 : engine.add(deciding(rows), List.of(), List.of(drafts, q));
    noiseRange.init(0);
    this.noise = engine.add(noising(), noiseRange, List.of(sigma), List.of());
  }

  private Tasks beginning(WeightLayout weights) {
    Tasks t = new Tasks(arrays, inputs.count(), 0);
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
        "gradientScale",
        new Tasks.Range(1, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name, GatherKernel::run, t.context, operands, gradientScale, arrays.scalars, one));
    int slots = t.operand(OperandLocation.number(inputs.count()));
    t.numbers(record);
    t.add(
        "activate",
        new Tasks.Range(inputs.count(), 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                ActivateKernel::run,
                t.context,
                operands,
                arrays.inputs,
                arrays.active,
                arrays.draws,
                slots));
    for (int k = 0; k < plan.states().size(); k++) {
      StateBuffer state = plan.states().get(k);
      @Nullable ParameterSpec stored = state.stored();
      if (stored == null) {
        draw(t, state, k);
      } else {
        reset(t, state, weights.offset(stored));
      }
    }
    return t;
  }

  private void reset(Tasks t, StateBuffer state, int vector) {
    int size = state.shape().intSize();
    int at = t.operands(OperandLocation.number(size), OperandLocation.number(state.shape().dim(1)));
    t.numbers(vector, layout.offset(state.buffer()), layout.size(), record);
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
                arrays.weights,
                arrays.arena,
                at));
  }

  private void draw(Tasks t, StateBuffer state, int index) {
    StateTasks.stream(t, record, index, false);
    int size = state.shape().intSize();
    int at = t.operand(OperandLocation.number(size));
    t.numbers(layout.offset(state.buffer()), layout.size(), record);
    float std = (float) state.std();
    t.add(
        "drawnStart",
        new Tasks.Range(size, inputs.count(), 1),
        (graph, name, operands) ->
            graph.task(
                name,
                DrawnStartKernel::run,
                t.context,
                operands,
                arrays.inputs,
                arrays.draws,
                arrays.arena,
                at,
                std));
  }

  private Tasks feeding() {
    Tasks t = new Tasks(arrays, 1, 0);
    int at = range(t, layout.inputs());
    t.add(
        "scatter",
        new Tasks.Range(Math.max(1, layout.inputs().size()), inputs.count(), 1),
        (graph, name, operands) ->
            graph.task(
                name, ScatterKernel::run, t.context, operands, fed.values, arrays.arena, at));
    return t;
  }

  private Tasks gathering() {
    Tasks t = new Tasks(arrays, 1, 0);
    int at = range(t, layout.outputs());
    t.add(
        "gather",
        new Tasks.Range(Math.max(1, layout.outputs().size()), inputs.count(), 1),
        (graph, name, operands) ->
            graph.task(name, GatherKernel::run, t.context, operands, arrays.arena, outputs, at));
    return t;
  }

  /** Arg-max and halting logits: all that solving reads unless details are wanted. */
  private Tasks deciding(int rows) {
    Tasks t = new Tasks(arrays, 1, 0);
    int at =
        t.operands(
            OperandLocation.number(rows), OperandLocation.number(plan.logits().shape().dim(1)));
    t.numbers(layout.offset(plan.logits()), layout.size());
    t.add(
        "argMax",
        new Tasks.Range(rows, inputs.count(), 1),
        (graph, name, operands) ->
            graph.task(name, ArgMaxKernel::run, t.context, operands, arrays.arena, drafts, at));
    int width = plan.q().shape().intSize();
    int from = range(t, new SlotLayout.Part(List.of(plan.q()), layout.offset(plan.q()), width));
    t.add(
        "gatherQ",
        new Tasks.Range(Math.max(1, width), inputs.count(), 1),
        (graph, name, operands) ->
            graph.task(name, GatherKernel::run, t.context, operands, arrays.arena, q, from));
    return t;
  }

  private int range(Tasks t, SlotLayout.Part part) {
    int at = t.operand(OperandLocation.number(part.size()));
    t.numbers(part.offset(), layout.size());
    return at;
  }

  private Tasks noising() {
    Tasks t = new Tasks(arrays, 1, 0);
    int most = plan.states().stream().mapToInt(state -> state.shape().intSize()).max().orElse(1);
    t.add(
        "noise",
        new Tasks.Range(most, 1, 1),
        (graph, name, range) ->
            graph.task(name, NoiseKernel::run, t.context, range, sigma, arrays.arena));
    return t;
  }

  /** Uploads the contents of the slots to the device. */
  void flush(float scale) {
    if (!inputs.isKnown() || gradientScale.get(0) != scale) {
      gradientScale.set(0, scale);
      engine.launch(begin);
      inputs.known();
    }
    if (fed.isChanged()) {
      engine.launch(feed);
      fed.known();
    }
  }

  /** Downloads the outputs of all slots. */
  void gather() {
    engine.launch(gather);
  }

  /** Downloads arg-max and halting logits of all slots. */
  void decide() {
    engine.launch(decide);
  }

  /** Adds {@link GaussianNoise} to the states of a slot. */
  void perturb(int slot, float standardDeviation, long noiseSeed) {
    engine.locked(() -> {
      sigma.set(0, standardDeviation);
      for (int k = 0; k < plan.states().size(); k++) {
        StateBuffer state = plan.states().get(k);
        if (!state.constant()) {
          noiseRange.set(0, slot * layout.size() + layout.offset(state.buffer()));
          long stream = GaussianNoise.stream(noiseSeed, 0, k);
          noiseRange.set(1, (int) stream);
          noiseRange.set(2, (int) (stream >>> 32));
          noiseRange.set(3, state.shape().intSize());
          engine.launch(noise);
        }
      }
    });
  }
}
