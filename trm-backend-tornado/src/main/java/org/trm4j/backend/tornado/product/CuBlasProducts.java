package org.trm4j.backend.tornado.product;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.product.StageKernel;
import org.trm4j.backend.tornado.kernel.product.UnstageGatedKernel;
import org.trm4j.backend.tornado.kernel.product.UnstageGradientKernel;
import org.trm4j.backend.tornado.kernel.product.UnstageKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.OperandLocation.Kind;
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
  /** Tensor cores want rows that start at multiples of 16 bytes. */
  private static final int ALIGNED = 4;

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
        t.range(Math.ceilDiv(n, UnstageKernel.EACH)),
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
    gated(t, x, y, new Matrix(t.arena(), z), w, xUp, yUp);
  }

  @Override
  public Matrix gatedFactor(Tasks t, Matrix x, Matrix y, Walk w, int xUp, int yUp, boolean left) {
    int size = Math.multiplyExact(w.rows(), w.columns());
    t.stage(new Staging(left ? size : 0, left ? 0 : size, 0), Staging.NONE);
    Matrix z =
        new Matrix(left ? t.arrays.left : t.arrays.right, new OperandLocation(Kind.SEQUENCE, 0));
    gated(t, x, y, z, w, xUp, yUp);
    return z;
  }

  private void gated(Tasks t, Matrix x, Matrix y, Matrix z, Walk w, int xUp, int yUp) {
    boolean rows = yUp == 0;
    if (rows ? xUp != w.rows() * w.xRow() : xUp != 0 || yUp != w.columns()) {
      throw new IllegalStateException("gated: xUp %s, yUp %s in %s".formatted(xUp, yUp, w));
    }
    multiply(t, x, y, w, rows ? 2 * w.rows() : w.rows(), rows ? w.columns() : 2 * w.columns());
    int at = t.operand(z.place());
    t.numbers(w.rows(), w.columns());
    t.numbers(rows ? w.columns() : 2 * w.columns());
    t.numbers(rows ? w.rows() * w.columns() : w.columns());
    boolean staged = isStaged(t, z);
    t.numbers(staged ? 1 : 0, staged && precision == Precision.BF16 ? 1 : 0);
    t.add(
        "unstageGated",
        t.range(w.columns(), Math.ceilDiv(w.rows(), UnstageGatedKernel.ROWS_EACH)),
        (graph, name, operands) ->
            graph.task(
                name,
                UnstageGatedKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.result,
                z.array(),
                at),
        t.arrays.name(z.array()),
        at);
  }

  /** Adds the product of X [rows, inner] and Y [inner, columns]. */
  private void multiply(Tasks t, Matrix x, Matrix y, Walk w, int rows, int columns) {
    // A weight on the right: the rows of all sequences form one matrix.
    boolean stacked = y.place().kind() == Kind.SHARED;
    boolean each = stacked || x.place().kind() != Kind.SHARED;
    int inner =
        isStaged(t, x) || isStaged(t, y) ? w.inner() : Math.ceilDiv(w.inner(), ALIGNED) * ALIGNED;
    int left = Math.multiplyExact(rows, inner);
    int right = Math.multiplyExact(inner, columns);
    int result = Math.multiplyExact(rows, columns);
    t.stage(
        new Staging(each ? left : 0, stacked ? 0 : right, result),
        new Staging(each ? 0 : left, stacked ? right : 0, 0));
    if (!isStaged(t, x)) {
      int[] walk = {rows, w.inner(), w.xRow(), w.xInner()};
      stage(t, x, t.arrays.left, each, walk, rows, inner);
    }
    if (!isStaged(t, y)) {
      int[] walk = {w.inner(), columns, w.yInner(), 1};
      stage(t, y, t.arrays.right, !stacked, walk, inner, columns);
    }
    gemm(
        t,
        stacked
            ? Gemm.stacked(Math.multiplyExact(t.places, rows), columns, inner)
            : Gemm.batched(rows, columns, inner, !each, t.places));
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
    stage(t, new Matrix(t.arena(), x), t.arrays.left, true, ofX, w.inner(), w.rows());
    stage(t, new Matrix(t.arena(), y), t.arrays.right, true, ofY, w.inner(), w.columns());
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

  /**
   * Adds a copy.
   *
   * @param walk rows, columns, floats from a row and from a column to the next
   * @param rows with those of zeros that are added
   * @param columns with those of zeros that are added
   */
  private void stage(
      Tasks t, Matrix from, FloatArray to, boolean each, int[] walk, int rows, int columns) {
    int at = t.operand(from.place());
    t.numbers(walk);
    t.numbers(each ? 1 : 0, rows, columns, precision == Precision.BF16 ? 1 : 0);
    t.add(
        "stage",
        new Tasks.Range(columns, Math.ceilDiv(rows, StageKernel.ROWS_EACH), each ? t.places : 1),
        (graph, name, operands) ->
            graph.task(
                name, StageKernel::run, t.context, operands, t.arrays.active, from.array(), to, at),
        t.arrays.name(from.array()),
        t.arrays.name(to),
        at);
  }

  /** Returns whether a factor is where the library reads it. */
  private static boolean isStaged(Tasks t, Matrix factor) {
    return factor.array() == t.arrays.left || factor.array() == t.arrays.right;
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
