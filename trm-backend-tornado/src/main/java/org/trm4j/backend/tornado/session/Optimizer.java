package org.trm4j.backend.tornado.session;

import java.util.List;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.backend.tornado.kernel.AdamAtan2Kernel;
import org.trm4j.backend.tornado.kernel.RuleNumbers;
import org.trm4j.backend.tornado.kernel.SignSgdKernel;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.kernel.TransposeKernel;
import org.trm4j.backend.tornado.kernel.ZeroKernel;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.model.ParameterSpec;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The graphs between two supervision steps: cleared gradients, optimizers, transposes. */
final class Optimizer {
  private final SlotStore store;
  private final WeightLayout layout;
  private final FloatArray rule = DeviceArrays.zeros(RuleNumbers.COUNT);
  private final IntArray range = new IntArray(4);
  private final int clear;
  private final int update;
  private final int transpose;

  Optimizer(SlotStore store, WeightLayout layout) {
    this.store = store;
    this.layout = layout;
    range.init(0);
    clear = store.engine.add(clearing(), List.of(), List.of());
    update = store.engine.add(updating(), List.of(rule), List.of());
    transpose = store.engine.add(transposing(), range, List.of(), List.of());
  }

  private Tasks clearing() {
    Tasks t = new Tasks(store.arrays, 1, 0);
    int at = t.operand(OperandLocation.number(layout.trained()));
    t.add(
        "clear",
        new Tasks.Range(layout.trained(), 1, 1),
        (graph, name, operands) ->
            graph.task(name, ZeroKernel::run, t.context, operands, store.arrays.gradients, at));
    return t;
  }

  private Tasks updating() {
    DeviceArrays a = store.arrays;
    Tasks t = new Tasks(a, 1, 0);
    int at = t.operand(OperandLocation.number(layout.trained()));
    t.add(
        "adamAtan2",
        new Tasks.Range(layout.trained(), 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                AdamAtan2Kernel::run,
                t.context,
                operands,
                rule,
                a.gradients,
                a.weights,
                a.firstMoments,
                a.secondMoments,
                a.averages,
                at));
    int width = store.plan.config().puzzleEmbDim();
    int slots = store.inputs.count();
    if (width > 0) {
      int rows = t.operands(OperandLocation.number(slots), OperandLocation.number(width));
      t.numbers(SlotRecord.record(store.plan.config().seqLen()));
      t.add(
          "signSgd",
          new Tasks.Range(width, slots, 1),
          (graph, name, operands) ->
              graph.task(
                  name,
                  SignSgdKernel::run,
                  t.context,
                  operands,
                  rule,
                  a.inputs,
                  a.puzzleGradients,
                  a.puzzles,
                  rows));
    }
    return t;
  }

  private Tasks transposing() {
    Tasks t = new Tasks(store.arrays, 1, 0);
    int most = layout.transposedSpecs().stream().mapToInt(s -> s.shape().intSize()).max().orElse(1);
    t.add(
        "transpose",
        new Tasks.Range(most, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                TransposeKernel::run,
                t.context,
                operands,
                store.arrays.weights,
                store.arrays.transposed));
    return t;
  }

  void clearGradients() {
    store.engine.launch(clear);
  }

  void update(UpdateRule numbers) {
    store.engine.locked(() -> {
      RuleNumbers.set(numbers, rule);
      store.engine.launch(update);
      transposeAll();
    });
  }

  /** Makes the transposes of the weights. */
  void transposeAll() {
    store.engine.locked(() -> {
      for (ParameterSpec spec : layout.transposedSpecs()) {
        range.set(0, layout.offset(spec));
        range.set(1, layout.transposed(spec));
        range.set(2, spec.shape().dim(0));
        range.set(3, spec.shape().dim(1));
        store.engine.launch(transpose);
      }
    });
  }
}
