package org.trm4j.backend.tornado;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The matrix products of all operations, as register-blocked kernels. */
final class Products {
  private Products() {}

  /**
   * An operand.
   *
   * @param array where it lies
   * @param place where in the array
   */
  record Matrix(FloatArray array, Place place) {}

  /**
   * How a kernel walks through its left factor X [rows, inner] and right factor Y [inner, columns].
   *
   * @param rows rows of the result
   * @param columns columns of the result
   * @param inner terms of each sum
   * @param xRow floats from a row of X to the next
   * @param xInner floats from a term of X to the next
   * @param yInner floats from a term of Y to the next
   */
  record Walk(int rows, int columns, int inner, int xRow, int xInner, int yInner) {}

  /** Adds {@code z = x y}, in the arena. */
  static void product(Tasks tasks, Matrix x, Matrix y, Place z, Walk walk) {
    product(tasks, x, y, tasks.operands(x.place(), y.place(), z, z), 0, walk);
  }

  /** Adds {@code z = residual + x y}, in the arena. */
  static void product(Tasks tasks, Matrix x, Matrix y, Place z, Place residual, Walk walk) {
    product(tasks, x, y, tasks.operands(x.place(), y.place(), z, residual), 1, walk);
  }

  private static void product(Tasks t, Matrix x, Matrix y, int at, int residual, Walk w) {
    t.numbers(residual, w.rows(), w.columns(), w.inner(), w.xRow(), w.xInner(), w.yInner());
    t.add(
        "product",
        t.range(w.columns(), Math.ceilDiv(w.rows(), 4)),
        (graph, name, operands) ->
            graph.task(
                name,
                ProductKernel::run,
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

  /**
   * Adds {@code z = silu(x y) * (x' y')}, in the arena; x' lies {@code xUp} and y' {@code yUp}
   * floats behind x and y.
   */
  static void gated(Tasks t, Matrix x, Matrix y, Place z, Walk w, int xUp, int yUp) {
    int at = t.operands(x.place(), y.place(), z);
    t.numbers(w.rows(), w.columns(), w.inner(), w.xRow(), w.xInner(), xUp, w.yInner(), yUp);
    t.add(
        "gated",
        t.range(w.columns(), Math.ceilDiv(w.rows(), 2)),
        (graph, name, operands) ->
            graph.task(
                name,
                GatedProductKernel::run,
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

  /**
   * Adds the gradient of a weight [rows, columns]: the sum over sequences and over {@code inner}
   * terms of x [inner, rows] times y [inner, columns].
   *
   * @param yColumn floats from a column of y to the next
   */
  static void gradient(Tasks t, Place x, Place y, Place weight, Walk w, int yColumn) {
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
