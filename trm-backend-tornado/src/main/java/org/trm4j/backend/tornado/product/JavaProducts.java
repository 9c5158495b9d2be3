package org.trm4j.backend.tornado.product;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.product.GatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.ProductKernel;
import org.trm4j.backend.tornado.kernel.product.TiledGatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.TiledProductKernel;
import org.trm4j.backend.tornado.kernel.product.VectorGatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.VectorProductKernel;
import org.trm4j.backend.tornado.kernel.product.VectorWeightGradientKernel;
import org.trm4j.backend.tornado.kernel.product.WeightGradientKernel;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.backend.tornado.program.Tasks;

/** Register-blocked kernels in Java: they run on every device. */
public final class JavaProducts implements Products {
  private enum Form {
    /** An item computes one column. */
    PLAIN,
    /** An item computes neighbouring columns, in the vector registers of a CPU. */
    VECTOR,
    /** Groups load X into local memory. */
    TILED
  }

  private final boolean tiled;

  /** Makes products in the shape that suits a device. */
  public JavaProducts(KernelChoice.Shape shape) {
    this.tiled = shape == KernelChoice.Shape.GPU;
  }

  private Form form(int columns) {
    return tiled
        ? Form.TILED
        : columns % VectorProductKernel.COLUMNS == 0 ? Form.VECTOR : Form.PLAIN;
  }

  private static int items(Form form, int columns) {
    return form == Form.VECTOR ? columns / VectorProductKernel.COLUMNS : columns;
  }

  @Override
  public void product(
      Tasks t, Matrix x, Matrix y, OperandLocation z, @Nullable OperandLocation residual, Walk w) {
    int at = t.operands(x.place(), y.place(), z, residual == null ? z : residual);
    t.numbers(
        residual == null ? 0 : 1,
        w.rows(),
        w.columns(),
        w.inner(),
        w.xRow(),
        w.xInner(),
        w.yInner());
    Form form = form(w.columns());
    t.add(
        switch (form) {
          case PLAIN -> "product";
          case VECTOR -> "vectorProduct";
          case TILED -> "tiledProduct";
        },
        t.range(items(form, w.columns()), Math.ceilDiv(w.rows(), 8)),
        (graph, name, operands) ->
            graph.task(
                name,
                switch (form) {
                  case PLAIN -> ProductKernel::run;
                  case VECTOR -> VectorProductKernel::run;
                  case TILED -> TiledProductKernel::run;
                },
                t.context,
                operands,
                t.arrays.active,
                x.array(),
                y.array(),
                t.arena(),
                at),
        t.arrays.name(x.array()),
        t.arrays.name(y.array()),
        at);
  }

  @Override
  public void gated(Tasks t, Matrix x, Matrix y, OperandLocation z, Walk w, int xUp, int yUp) {
    int at = t.operands(x.place(), y.place(), z);
    t.numbers(w.rows(), w.columns(), w.inner(), w.xRow(), w.xInner(), xUp, w.yInner(), yUp);
    Form form = form(w.columns());
    t.add(
        switch (form) {
          case PLAIN -> "gated";
          case VECTOR -> "vectorGated";
          case TILED -> "tiledGated";
        },
        t.range(items(form, w.columns()), Math.ceilDiv(w.rows(), 4)),
        (graph, name, operands) ->
            graph.task(
                name,
                switch (form) {
                  case PLAIN -> GatedProductKernel::run;
                  case VECTOR -> VectorGatedProductKernel::run;
                  case TILED -> TiledGatedProductKernel::run;
                },
                t.context,
                operands,
                t.arrays.active,
                x.array(),
                y.array(),
                t.arena(),
                at),
        t.arrays.name(x.array()),
        t.arrays.name(y.array()),
        at);
  }

  @Override
  public void gradient(
      Tasks t, OperandLocation x, OperandLocation y, OperandLocation weight, Walk w, int yColumn) {
    int at = t.operands(x, y, weight);
    t.numbers(w.rows(), w.columns(), w.inner(), w.xRow(), w.xInner(), yColumn, w.yInner());
    boolean vector = yColumn == 1 && form(w.columns()) == Form.VECTOR;
    t.add(
        vector ? "vectorWeightGradient" : "weightGradient",
        vector
            ? new Tasks.Range(
                w.columns() / VectorProductKernel.COLUMNS, Math.ceilDiv(w.rows(), 8), 1)
            : new Tasks.Range(w.columns(), Math.ceilDiv(w.rows(), 4), 1),
        (graph, name, operands) ->
            graph.task(
                name,
                vector ? VectorWeightGradientKernel::run : WeightGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.gradients,
                at),
        at);
  }
}
