package org.trm4j.tck;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.Loss;
import org.trm4j.tck.sample.InputKind;
import org.trm4j.tck.sample.OperationKind;
import org.trm4j.tck.sample.OperationSizes;
import org.trm4j.tck.sample.SingleOperation;

/** A plan of one operation between embedding and heads, with inputs of one kind. */
record OperationCase(Plan plan, OperationSizes sizes, InputKind kind, long seed) {
  static final int SLOTS = 3;

  static OperationCase of(OperationKind operation, OperationSizes sizes, InputKind kind) {
    return new OperationCase(SingleOperation.plan(operation, sizes), sizes, kind, 17);
  }

  /** Returns the parameters; the operation's input is the token table. */
  ParameterSet parameters() {
    return parameters(0);
  }

  /** Returns the parameters, each value off by at most the given relative amount. */
  ParameterSet parameters(double relative) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom noise = new SplittableRandom(seed + 1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : plan.parameters()) {
      boolean input = spec.name().equals(SingleOperation.TABLE);
      int columns = spec.shape().dim(spec.shape().rank() - 1);
      float[] values = new float[spec.shape().intSize()];
      for (int i = 0; i < values.length; i++) {
        double gaussian = random.nextGaussian();
        double value =
            input
                ? kind.value(gaussian, i)
                : gaussian / Math.sqrt(spec.shape().rank() > 1 ? columns : 1);
        values[i] = (float) (value * (1 + relative * (2 * noise.nextDouble() - 1)));
      }
      tensors.put(spec.name(), Tensor.of(spec.shape(), values));
    }
    return new ParameterSet(tensors);
  }

  /** Returns the tokens of a slot: slot 0 has every input row in order, others repeat some. */
  int[] tokens(int slot) {
    int[] tokens = new int[sizes.tokens()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = slot == 0 ? i % sizes.vocabulary() : (i * 7 + slot) % sizes.vocabulary();
    }
    return tokens;
  }

  int[] labels(int slot) {
    int[] labels = new int[sizes.tokens()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (i + slot) % 5 == 4 ? Loss.IGNORED : (i * 3 + slot) % sizes.vocabulary();
    }
    return labels;
  }

  /** Returns the puzzle of a slot; two slots share one, so that their gradients add up. */
  int puzzle(int slot) {
    return slot == 2 ? 0 : slot;
  }

  Comparison comparison(
      String what, double sensitivity, BackendContract.ProductPrecision products) {
    return new Comparison(
        what + " (" + kind + ")", sizes.toString(), seed, reduction(), sensitivity, products, 1);
  }

  private int reduction() {
    int longest = SLOTS * sizes.length() * Math.max(1, sizes.hidden());
    return Math.max(longest, 2 * sizes.inner());
  }
}
