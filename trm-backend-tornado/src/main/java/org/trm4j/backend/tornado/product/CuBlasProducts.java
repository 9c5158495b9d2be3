package org.trm4j.backend.tornado.product;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.product.StageBfloat16Kernel;
import org.trm4j.backend.tornado.kernel.product.StageKernel;
import org.trm4j.backend.tornado.kernel.product.UnstageGatedKernel;
import org.trm4j.backend.tornado.kernel.product.UnstageGradientKernel;
import org.trm4j.backend.tornado.kernel.product.UnstageKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.Staging;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.backend.tornado.program.Tasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Products by a library whose functions take whole arrays: factors are copied to separate row-major
 * arrays, and the result is read from another. A row-major matrix is a column-major transpose, so
 * the library computes {@code Z^T = Y^T X^T}; its first factor is the right one.
 */
public final class CuBlasProducts implements Products {
  private final Gemm.Library library;
  private final Precision precision;

  CuBlasProducts(Gemm.Library library, Precision precision) {
    this.library = library;
    this.precision = precision;
  }

  /** Returns the precision of the products. */
  public Precision precision() {
    return precision;
  }

  @Override
  public void product(
      Tasks t, Matrix x, Matrix y, OperandLocation z, @Nullable OperandLocation residual, Walk w) {
    multiply(t, x, y, w, w.rows(), w.columns());
    int at = t.operands(z, residual == null ? z : residual);
    int n = Math.multiplyExact(w.rows(), w.columns());
    t.numbers(residual == null ? 0 : 1, n);
    t.add(
        "unstage",
        t.range(n),
        (graph, name, operands) ->
            graph.task(
                name,
                UnstageKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.result,
                t.arena(),
                at),
        at);
  }

  @Override
  public void gated(Tasks t, Matrix x, Matrix y, OperandLocation z, Walk w, int xUp, int yUp) {
    boolean rows = yUp == 0;
    if (rows ? xUp != w.rows() * w.xRow() : xUp != 0 || yUp != w.columns()) {
      throw new IllegalStateException("gated: xUp %s, yUp %s in %s".formatted(xUp, yUp, w));
    }
    multiply(t, x, y, w, rows ? 2 * w.rows() : w.rows(), rows ? w.columns() : 2 * w.columns());
    int at = t.operand(z);
    t.numbers(w.rows(), w.columns());
    t.numbers(rows ? w.columns() : 2 * w.columns());
    t.numbers(rows ? w.rows() * w.columns() : w.columns());
    t.add(
        "unstageGated",
        t.range(w.columns(), w.rows()),
        (graph, name, operands) ->
            graph.task(
                name,
                UnstageGatedKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.result,
                t.arena(),
                at),
        at);
  }

  /** Adds the product of X [rows, inner] and Y [inner, columns]. */
  private void multiply(Tasks t, Matrix x, Matrix y, Walk w, int rows, int columns) {
    int left = Math.multiplyExact(rows, w.inner());
    int right = Math.multiplyExact(w.inner(), columns);
    int result = Math.multiplyExact(rows, columns);
    // A weight on the right: the rows of all sequences form one matrix.
    boolean stacked = y.place().kind() == OperandLocation.Kind.SHARED;
    boolean each = stacked || x.place().kind() != OperandLocation.Kind.SHARED;
    t.stage(
        new Staging(each ? left : 0, stacked ? 0 : right, result),
        new Staging(each ? 0 : left, stacked ? right : 0, 0));
    stage(t, x, t.arrays.left, each, new int[] {rows, w.inner(), w.xRow(), w.xInner()});
    stage(t, y, t.arrays.right, !stacked, new int[] {w.inner(), columns, w.yInner(), 1});
    gemm(
        t,
        stacked
            ? Gemm.stacked(Math.multiplyExact(t.places, rows), columns, w.inner())
            : Gemm.batched(rows, columns, w.inner(), !each, t.places));
  }

  @Override
  public void gradient(
      Tasks t, OperandLocation x, OperandLocation y, OperandLocation weight, Walk w, int yColumn) {
    int n = Math.multiplyExact(w.rows(), w.columns());
    t.stage(
        new Staging(
            Math.multiplyExact(w.inner(), w.rows()), Math.multiplyExact(w.inner(), w.columns()), 0),
        new Staging(0, 0, n));
    int[] ofX = {w.inner(), w.rows(), w.xInner(), w.xRow()};
    int[] ofY = {w.inner(), w.columns(), w.yInner(), yColumn};
    stage(t, new Matrix(t.arena(), x), t.arrays.left, true, ofX);
    stage(t, new Matrix(t.arena(), y), t.arrays.right, true, ofY);
    gemm(t, Gemm.transposedLeft(w.rows(), w.columns(), Math.multiplyExact(t.places, w.inner())));
    int at = t.operand(weight);
    t.numbers(n);
    t.add(
        "unstageGradient",
        new Tasks.Range(n, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                UnstageGradientKernel::run,
                t.context,
                operands,
                t.arrays.result,
                t.arrays.gradients,
                at),
        at);
  }

  /** Adds a copy; {@code walk}: rows, columns, floats from a row and from a column to the next. */
  private void stage(Tasks t, Matrix from, FloatArray to, boolean each, int[] walk) {
    int at = t.operand(from.place());
    t.numbers(walk);
    t.numbers(each ? 1 : 0);
    boolean rounded = precision == Precision.BF16;
    t.add(
        rounded ? "stageBfloat16" : "stage",
        new Tasks.Range(walk[1], walk[0], each ? t.places : 1),
        (graph, name, operands) ->
            graph.task(
                name,
                rounded ? StageBfloat16Kernel::run : StageKernel::run,
                t.context,
                operands,
                t.arrays.active,
                from.array(),
                to,
                at),
        t.arrays.name(from.array()),
        t.arrays.name(to),
        at);
  }

  private void gemm(Tasks t, Gemm gemm) {
    t.add(
        "gemm",
        Tasks.Range.NONE,
        (graph, name, operands) ->
            graph.libraryTask(
                name,
                call -> call,
                library.call(gemm, t.arrays.right, t.arrays.left, t.arrays.result)),
        gemm);
  }
}
