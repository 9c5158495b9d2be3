package org.trm4j.backend.tornado.product;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.product.GatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.ProductKernel;
import org.trm4j.backend.tornado.kernel.product.TiledGatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.TiledProductKernel;
import org.trm4j.backend.tornado.kernel.product.WeightGradientKernel;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.backend.tornado.program.Tasks;

/** Register-blocked kernels in Java: they run on every device. */
public final class JavaProducts implements Products {
  private final boolean tiled;

  /** Makes products of the shape that a device wants. */
  public JavaProducts(KernelChoice.Shape shape) {
    this.tiled = shape == KernelChoice.Shape.GPU;
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
    t.add(
        tiled ? "tiledProduct" : "product",
        t.range(w.columns(), Math.ceilDiv(w.rows(), 8)),
        (graph, name, operands) ->
            graph.task(
                name,
                tiled ? TiledProductKernel::run : ProductKernel::run,
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
    t.add(
        tiled ? "tiledGated" : "gated",
        t.range(w.columns(), Math.ceilDiv(w.rows(), 4)),
        (graph, name, operands) ->
            graph.task(
                name,
                tiled ? TiledGatedProductKernel::run : GatedProductKernel::run,
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
    t.add(
        "weightGradient",
        new Tasks.Range(w.columns(), Math.ceilDiv(w.rows(), 4), 1),
        (graph, name, operands) ->
            graph.task(
                name,
                WeightGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.gradients,
                at),
        at);
  }
}
