package org.trm4j.backend.cpu;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterKind;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;

/**
 * A model's parameters: as they are, packed for the kernels, and, in training, with their
 * gradients.
 */
final class Weights {
  private final Kernels kernels;
  private final Map<String, float[]> raw = new LinkedHashMap<>();
  private final Map<String, ParameterSpec> specs = new LinkedHashMap<>();
  private final Map<String, Packed> forward = new HashMap<>();
  private final Map<String, Packed> backward = new HashMap<>();
  private final Map<String, float[]> gradients = new LinkedHashMap<>();
  private final @Nullable Tensor puzzleTable;

  Weights(Plan plan, ParameterSet parameters, Kernels kernels, boolean training) {
    this.kernels = kernels;
    Tensor table = null;
    for (ParameterSpec spec : plan.parameters()) {
      specs.put(spec.name(), spec);
      Tensor tensor = parameters.get(spec.name());
      if (spec.kind() == ParameterKind.PUZZLE_EMBEDDING && !training) {
        table = tensor;
      } else {
        raw.put(spec.name(), tensor.toArray());
      }
      if (training && spec.kind() == ParameterKind.TRAINED) {
        gradients.put(spec.name(), new float[spec.shape().intSize()]);
      }
    }
    this.puzzleTable = table;
  }

  float[] raw(ParameterSpec spec) {
    return Objects.requireNonNull(raw.get(spec.name()));
  }

  float[] raw(String name) {
    return Objects.requireNonNull(raw.get(name));
  }

  float[] gradient(ParameterSpec spec) {
    return Objects.requireNonNull(gradients.get(spec.name()));
  }

  Map<String, float[]> gradients() {
    return gradients;
  }

  /** Returns W packed for y = W x; its contents change when {@link #repack} is called. */
  Packed forward(ParameterSpec spec) {
    return forward.computeIfAbsent(spec.name(), name -> pack(spec, false));
  }

  /** Returns W packed for y = W^T x; its contents change when {@link #repack} is called. */
  Packed backward(ParameterSpec spec) {
    return backward.computeIfAbsent(spec.name(), name -> pack(spec, true));
  }

  private Packed pack(ParameterSpec spec, boolean transposed) {
    int out = spec.shape().dim(transposed ? 1 : 0);
    int in = spec.shape().dim(transposed ? 0 : 1);
    Packed packed = new Packed(in, out, new float[kernels.packedSize(in, out)]);
    fill(spec, packed, transposed);
    return packed;
  }

  private void fill(ParameterSpec spec, Packed packed, boolean transposed) {
    if (transposed) {
      kernels.packTransposed(raw(spec), packed.in(), packed.out(), packed.data());
    } else {
      kernels.pack(raw(spec), packed.out(), packed.in(), packed.data());
    }
  }

  /** Packs all weights again after an update. */
  void repack(WorkerPool pool) {
    String[] names = forward.keySet().toArray(String[]::new);
    pool.run(
        names.length * 2,
        i -> {
          Packed packed = (i % 2 == 0 ? forward : backward).get(names[i / 2]);
          if (packed != null) {
            fill(Objects.requireNonNull(specs.get(names[i / 2])), packed, i % 2 == 1);
          }
        });
  }

  /** Writes scale times a puzzle's embedding into target. */
  void puzzleRow(ParameterSpec table, int row, float scale, float[] target, int offset) {
    int width = table.shape().dim(1);
    Tensor mapped = puzzleTable;
    if (mapped != null) {
      mapped.copyTo((long) row * width, target, offset, width);
    } else {
      System.arraycopy(raw(table), Math.multiplyExact(row, width), target, offset, width);
    }
    for (int i = 0; i < width; i++) {
      target[offset + i] *= scale;
    }
  }
}
