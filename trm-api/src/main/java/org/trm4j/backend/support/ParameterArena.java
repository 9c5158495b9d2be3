package org.trm4j.backend.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;

/**
 * The layout of parameters in one array: the trained ones first, then the fixed ones. The puzzle
 * embedding table, which may be far larger than all others, is not among them.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class ParameterArena {
  private final Map<String, Integer> offsets = new LinkedHashMap<>();
  private final List<ParameterSpec> specs;
  private final List<ParameterSpec> trainedSpecs;
  private final int trained;
  private final int size;

  /** Lays parameters out in their order. */
  public ParameterArena(List<ParameterSpec> specs) {
    this.specs = List.copyOf(specs);
    this.trainedSpecs =
        specs.stream().filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED).toList();
    this.trained = place(ParameterSpec.Kind.TRAINED, 0);
    this.size = place(ParameterSpec.Kind.FIXED, trained);
  }

  private int place(ParameterSpec.Kind kind, int from) {
    int at = from;
    for (ParameterSpec spec : specs) {
      if (spec.kind() == kind) {
        offsets.put(spec.name(), at);
        at = Math.addExact(at, spec.shape().intSize());
      }
    }
    return at;
  }

  /** Returns all parameters, the puzzle embedding among them. */
  public List<ParameterSpec> specs() {
    return specs;
  }

  /** Returns the trained ones. */
  public List<ParameterSpec> trainedSpecs() {
    return trainedSpecs;
  }

  /** Returns the values of the trained ones, the first of the array. */
  public int trained() {
    return trained;
  }

  /** Returns the values of the array. */
  public int size() {
    return size;
  }

  /** Returns where a parameter starts, in the array and in those of gradients and moments. */
  public int offset(ParameterSpec spec) {
    Integer offset = offsets.get(spec.name());
    if (offset == null) {
      throw new IllegalArgumentException(
          "parameter %s: not one of %s".formatted(spec.name(), offsets.keySet()));
    }
    return offset;
  }

  /** Returns the parameters' values in an array on the heap that is laid out so. */
  public ParameterValues in(float[] array) {
    return new ParameterValues() {
      @Override
      public Tensor get(ParameterSpec spec) {
        float[] copy = new float[spec.shape().intSize()];
        System.arraycopy(array, offset(spec), copy, 0, copy.length);
        return Tensor.of(spec.shape(), copy);
      }

      @Override
      public void set(ParameterSpec spec, Tensor values) {
        values.copyTo(0, array, offset(spec), spec.shape().intSize());
      }
    };
  }
}
