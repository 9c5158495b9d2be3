package org.trm4j.backend.tornado.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.support.ParameterArena;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.Linear;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.SwiGlu;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The layout of parameters in one array: the trained ones first, then the fixed ones. The puzzle
 * embedding table is not among them. A second array holds the transposes of weights that multiply
 * rows, so that neighbouring items read neighbouring floats.
 */
public final class WeightLayout {
  private final ParameterArena arena;
  private final Map<ParameterSpec, Integer> transposed = new LinkedHashMap<>();
  private int transposedSize;

  public WeightLayout(Plan plan) {
    arena = new ParameterArena(plan.parameters());
    transpose(plan.inference());
    transpose(plan.training());
  }

  /** Returns the layout of a model's parameters. */
  public ParameterArena arena() {
    return arena;
  }

  private void transpose(List<PlanNode> nodes) {
    for (PlanNode node : nodes) {
      switch (node) {
        case PlanNode.Repeat repeat -> transpose(repeat.body());
        case SwiGlu op -> transpose(op.gateUp(), op.down());
        case SelfAttention op -> transpose(op.qkv(), op.out());
        case OutputHeads op -> transpose(op.lmHead());
        case Linear op -> transpose(op.weight());
        case Operation other -> {}
      }
    }
  }

  private void transpose(ParameterSpec... specs) {
    for (ParameterSpec spec : specs) {
      if (!transposed.containsKey(spec)) {
        transposed.put(spec, transposedSize);
        transposedSize = Math.addExact(transposedSize, spec.shape().intSize());
      }
    }
  }

  public int offset(ParameterSpec spec) {
    return arena.offset(spec);
  }

  public int transposed(ParameterSpec spec) {
    Integer offset = transposed.get(spec);
    if (offset == null) {
      throw new IllegalStateException("plan: parameter " + spec + " is not transposed");
    }
    return offset;
  }

  /** Returns the number of floats of trained parameters. */
  public int trained() {
    return arena.trained();
  }

  /** Returns the number of floats of all parameters. */
  public int size() {
    return arena.size();
  }

  /** Returns the floats of the largest parameter. */
  public int largest() {
    return arena.specs().stream().mapToInt(spec -> spec.shape().intSize()).max().orElse(1);
  }

  public int transposedSize() {
    return transposedSize;
  }

  public List<ParameterSpec> transposedSpecs() {
    return new ArrayList<>(transposed.keySet());
  }

  /** Returns the parameters' values. */
  public FloatArray values(ParameterSet parameters) {
    FloatArray values = DeviceArrays.zeros(size());
    for (ParameterSpec spec : arena.specs()) {
      if (spec.kind() != ParameterSpec.Kind.PUZZLE_EMBEDDING) {
        Tensor tensor = parameters.get(spec.name());
        int offset = offset(spec);
        for (int i = 0; i < spec.shape().intSize(); i++) {
          values.set(offset + i, tensor.get(i));
        }
      }
    }
    return values;
  }

  /** Returns the transposes of values. */
  public FloatArray transposes(FloatArray values) {
    FloatArray result = DeviceArrays.zeros(transposedSize);
    transposed.forEach((spec, to) -> {
      int from = offset(spec);
      int rows = spec.shape().dim(0);
      int columns = spec.shape().dim(1);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          result.set(to + c * rows + r, values.get(from + r * columns + c));
        }
      }
    });
    return result;
  }
}
