package org.trm4j.backend.cpu.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.Panels;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.support.ParameterArena;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;

/**
 * Parameter values in one array, and their packed forms, which {@link #pack} renews after an
 * update.
 */
public final class Weights {
  private final Map<Form, Packed> forms = new LinkedHashMap<>();
  private final Map<Object, Own> owned = new LinkedHashMap<>();
  private final Kernels kernels;
  private final ParameterArena arena;

  /** Trained parameters first, then fixed ones, one after the other. */
  public final float[] values;

  /** A packed form: rows of a parameter, the reduction length, and the layout. */
  private record Form(int offset, int rows, int columns, int k, Layout layout) {}

  /** A packed form in a layout that a step chooses. */
  public interface Own {

    /** Packs the form from the current values. */
    void pack(float[] values);
  }

  private enum Layout {
    BY_OUTPUT,
    BY_INPUT,
    LEFT,
    LEFT_TRANSPOSED
  }

  /** A right factor, or the memory of a left one. */
  private sealed interface Packed {
    record Right(Panels panels) implements Packed {}

    record AtLeft(Left left, float[] memory) implements Packed {}
  }

  public Weights(List<ParameterSpec> specs, ParameterSet parameters, Kernels kernels) {
    ParameterSet source = parameters.matching(specs);
    this.kernels = kernels;
    this.arena = new ParameterArena(specs);
    this.values = new float[arena.size()];
    for (ParameterSpec spec : specs) {
      if (spec.kind() != ParameterSpec.Kind.PUZZLE_EMBEDDING) {
        source.get(spec.name()).copyTo(0, values, offset(spec), spec.shape().intSize());
      }
    }
  }

  /** Returns the layout of parameters in {@link #values} and in arrays of their gradients. */
  public ParameterArena arena() {
    return arena;
  }

  /** Returns the offset of a parameter. */
  public int offset(ParameterSpec spec) {
    return arena.offset(spec);
  }

  /** Returns rows {@code from..from+rows} of W [out, in] as the right factor of {@code x W^T}. */
  public Panels byOutput(ParameterSpec spec, int from, int rows) {
    int in = spec.shape().dim(1);
    return right(new Form(offset(spec) + from * in, rows, in, in, Layout.BY_OUTPUT), in, rows);
  }

  /** Returns W [out, in] as the right factor of {@code x W^T}. */
  public Panels byOutput(ParameterSpec spec) {
    return byOutput(spec, 0, spec.shape().dim(0));
  }

  /** Returns W [out, in] as the right factor of {@code dy W}. */
  public Panels byInput(ParameterSpec spec) {
    int out = spec.shape().dim(0);
    int in = spec.shape().dim(1);
    return right(new Form(offset(spec), out, in, out, Layout.BY_INPUT), out, in);
  }

  private Panels right(Form form, int rows, int columns) {
    Packed packed =
        forms.computeIfAbsent(form, f -> new Packed.Right(new Panels(kernels, rows, columns)));
    return ((Packed.Right) packed).panels();
  }

  /** Returns rows {@code from..from+rows} of W [out, in] as the left factor of {@code W x}. */
  public Left left(ParameterSpec spec, int from, int rows) {
    int in = spec.shape().dim(1);
    return left(new Form(offset(spec) + from * in, rows, in, in, Layout.LEFT));
  }

  /** Returns rows {@code from..from+rows} of W^T [in, out] as the left factor of {@code W^T y}. */
  public Left leftTransposed(ParameterSpec spec, int from, int rows) {
    int out = spec.shape().dim(0);
    int in = spec.shape().dim(1);
    return left(new Form(offset(spec) + from, rows, in, out, Layout.LEFT_TRANSPOSED));
  }

  private Left left(Form form) {
    Packed packed =
        forms.computeIfAbsent(
            form,
            f -> {
              float[] memory = new float[kernels.leftFloats(f.rows(), f.k())];
              return new Packed.AtLeft(left(f, memory), memory);
            });
    return ((Packed.AtLeft) packed).left();
  }

  private Left left(Form form, float[] memory) {
    boolean plain = form.layout() == Layout.LEFT;
    int rowStride = plain ? form.columns() : 1;
    int columnStride = plain ? 1 : form.columns();
    return kernels.left(
        values, form.offset(), rowStride, columnStride, form.rows(), form.k(), memory, 0);
  }

  /**
   * Returns a form that a step defines, shared by all steps with the same key.
   *
   * @param key identifies content and layout
   */
  public <F extends Own> F own(Object key, Class<F> kind, Supplier<F> maker) {
    return kind.cast(owned.computeIfAbsent(key, unused -> maker.get()));
  }

  /** Packs this worker's share of the forms from the current values. */
  public void pack(Worker worker) {
    int index = 0;
    for (Map.Entry<Form, Packed> entry : forms.entrySet()) {
      if (index++ % worker.count() == worker.index()) {
        pack(entry.getKey(), entry.getValue());
      }
    }
    for (Own form : owned.values()) {
      if (index++ % worker.count() == worker.index()) {
        form.pack(values);
      }
    }
  }

  private void pack(Form form, Packed packed) {
    int columns = form.columns();
    switch (packed) {
      case Packed.Right(Panels panels) -> {
        boolean byInput = form.layout() == Layout.BY_INPUT;
        panels.fill(values, form.offset(), byInput ? columns : 1, byInput ? 1 : columns);
      }
      case Packed.AtLeft(Left left, float[] memory) -> left(form, memory);
    }
  }
}
