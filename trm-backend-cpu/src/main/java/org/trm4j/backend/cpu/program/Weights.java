package org.trm4j.backend.cpu.program;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.trm4j.backend.cpu.kernel.Packed;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.model.ParameterKind;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;

/**
 * Parameter values in one array, and their packed forms, which {@link #pack} makes anew after an
 * update.
 */
public final class Weights {
  private final Map<String, Integer> offsets = new HashMap<>();
  private final Map<Form, Packed> forms = new LinkedHashMap<>();
  private final Map<Object, Own> owned = new LinkedHashMap<>();
  private final List<ParameterSpec> specs;
  private final int width;
  private final int trained;

  /** Trained parameters first, then fixed ones, one after the other. */
  public final float[] values;

  /** A packed form: which rows of which parameter, and how. */
  private record Form(int offset, int rows, int columns, Layout layout) {}

  /** A packed form in a layout of a step's own. */
  public interface Own {

    /** Packs it from the present values. */
    void pack(float[] values);
  }

  private enum Layout {
    BY_OUTPUT,
    BY_INPUT,
    TRANSPOSED
  }

  public Weights(List<ParameterSpec> specs, ParameterSet parameters, int width) {
    this.specs = specs;
    ParameterSet source = parameters.matching(specs);
    this.width = width;
    int size = place(ParameterKind.TRAINED, 0);
    this.trained = size;
    this.values = new float[place(ParameterKind.FIXED, size)];
    for (ParameterSpec spec : specs) {
      if (spec.kind() != ParameterKind.PUZZLE_EMBEDDING) {
        source.get(spec.name()).copyTo(0, values, offset(spec), spec.shape().intSize());
      }
    }
  }

  private int place(ParameterKind kind, int from) {
    int at = from;
    for (ParameterSpec spec : specs) {
      if (spec.kind() == kind) {
        offsets.put(spec.name(), at);
        at = Math.addExact(at, spec.shape().intSize());
      }
    }
    return at;
  }

  /** Returns the number of values that the optimizer trains, the first ones. */
  public int trained() {
    return trained;
  }

  public List<ParameterSpec> specs() {
    return specs;
  }

  /** Returns where a parameter lies in {@link #values} and in arrays of its gradients. */
  public int offset(ParameterSpec spec) {
    Integer offset = offsets.get(spec.name());
    if (offset == null) {
      throw new IllegalArgumentException(
          "parameter " + spec.name() + ": not among the dense parameters");
    }
    return offset;
  }

  /** Returns rows {@code from..from+rows} of W [out, in] as the right factor of {@code x W^T}. */
  public Packed byOutput(ParameterSpec spec, int from, int rows) {
    int in = spec.shape().dim(1);
    return forms.computeIfAbsent(
        new Form(offset(spec) + from * in, rows, in, Layout.BY_OUTPUT),
        f -> new Packed(in, rows, width));
  }

  /** Returns W [out, in] as the right factor of {@code x W^T}. */
  public Packed byOutput(ParameterSpec spec) {
    return byOutput(spec, 0, spec.shape().dim(0));
  }

  /** Returns W [out, in] as the right factor of {@code dy W}. */
  public Packed byInput(ParameterSpec spec) {
    int out = spec.shape().dim(0);
    int in = spec.shape().dim(1);
    return forms.computeIfAbsent(
        new Form(offset(spec), out, in, Layout.BY_INPUT), f -> new Packed(out, in, width));
  }

  /** Returns W^T, [in, out] row by row. */
  public Packed transposed(ParameterSpec spec) {
    int out = spec.shape().dim(0);
    int in = spec.shape().dim(1);
    return forms.computeIfAbsent(
        new Form(offset(spec), out, in, Layout.TRANSPOSED), f -> new Packed(in, out, out));
  }

  /**
   * Returns a form of a step's own, the same for all that ask for it.
   *
   * @param key what it holds and how: equal for equal forms alone
   */
  public <F extends Own> F own(Object key, Class<F> kind, Supplier<F> maker) {
    return kind.cast(owned.computeIfAbsent(key, unused -> maker.get()));
  }

  /** Packs this worker's share of the forms from the present values. */
  public void pack(Worker worker) {
    int index = 0;
    for (Map.Entry<Form, Packed> entry : forms.entrySet()) {
      if (index++ % worker.count() == worker.index()) {
        Form form = entry.getKey();
        boolean byInput = form.layout() == Layout.BY_INPUT;
        entry
            .getValue()
            .fill(
                values, form.offset(), byInput ? form.columns() : 1, byInput ? 1 : form.columns());
      }
    }
    for (Own form : owned.values()) {
      if (index++ % worker.count() == worker.index()) {
        form.pack(values);
      }
    }
  }
}
