package org.trm4j.backend.tornado.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
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
import org.trm4j.model.Tensor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The graphs between two supervision steps: cleared gradients, optimizers, transposes. */
final class Optimizer {
  private static final int NONE = -1;

  private final SlotStore store;
  private final WeightLayout layout;
  private final FloatArray rule = DeviceArrays.zeros(RuleNumbers.COUNT);
  private final IntArray range = new IntArray(4);
  private final int clear;
  private final int update;
  private final int updateRows;
  private final int updateGivenRows;
  private final GivenRows given;
  private final int transpose;

  Optimizer(SlotStore store, WeightLayout layout) {
    this.store = store;
    this.layout = layout;
    range.init(0);
    clear = store.engine.add(clearing(), List.of(), List.of());
    update = store.engine.add(updating(), List.of(rule), List.of());
    int width = store.plan.config().puzzleEmbDim();
    given = new GivenRows(width);
    if (width > 0) {
      DeviceArrays a = store.arrays;
      int record = SlotRecord.record(store.plan.config().seqLen());
      Tasks own = signSgd(a.inputs, a.puzzleGradients, store.inputs.count(), record);
      updateRows = store.engine.add(own, List.of(rule), List.of());
      Tasks others = signSgd(given.records, given.values, GivenRows.GROUP, GivenRows.RECORD);
      List<Object> uploads = List.of(rule, given.records, given.values);
      updateGivenRows = store.engine.add(others, uploads, List.of());
    } else {
      updateRows = NONE;
      updateGivenRows = NONE;
    }
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
    return t;
  }

  /**
   * Sign-SGD on rows of the puzzle embedding, with their gradients and the records that name them.
   */
  private Tasks signSgd(IntArray records, FloatArray gradients, int count, int record) {
    DeviceArrays a = store.arrays;
    Tasks t = new Tasks(a, 1, 0);
    int width = store.plan.config().puzzleEmbDim();
    int at = t.operands(OperandLocation.number(count), OperandLocation.number(width));
    t.numbers(record);
    t.add(
        "signSgd",
        new Tasks.Range(width, count, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                SignSgdKernel::run,
                t.context,
                operands,
                rule,
                records,
                gradients,
                a.puzzles,
                at));
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

  /** Allocates memory for the gradients of a step. */
  void clearGradients() {
    given.forget();
    store.engine.launch(clear);
  }

  /** Sets the gradients of puzzle embedding rows for the next update; null for none. */
  void given(@Nullable Tensor rows, int[] puzzleIdentifiers) {
    given.take(rows, puzzleIdentifiers);
  }

  void update(UpdateRule numbers) {
    store.engine.locked(() -> {
      RuleNumbers.set(numbers, rule);
      store.engine.launch(update);
      if (!given.none()) {
        given.forEachGroup(() -> store.engine.launch(updateGivenRows));
      } else if (updateRows != NONE) {
        store.engine.launch(updateRows);
      }
      transposeAll();
    });
  }

  /** Computes the transposes of the weights. */
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
