package org.trm4j.backend.tornado.program;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.memory.OperandLocation;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Computes the matrix products of all operations. */
public interface Products {
  /**
   * An operand.
   *
   * @param array the array that holds it
   * @param place the location in the array
   */
  record Matrix(FloatArray array, OperandLocation place) {}

  /**
   * How a product walks through its left factor X [rows, inner] and right factor Y [inner,
   * columns].
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
  default void product(Tasks tasks, Matrix x, Matrix y, OperandLocation z, Walk walk) {
    product(tasks, x, y, z, null, walk);
  }

  /** Adds {@code z = residual + x y}, in the arena. */
  void product(
      Tasks tasks,
      Matrix x,
      Matrix y,
      OperandLocation z,
      @Nullable OperandLocation residual,
      Walk walk);

  /**
   * Adds {@code z = silu(x y) * (x' y')}, in the arena; x' lies {@code xUp} and y' {@code yUp}
   * floats behind x and y. One of the two is 0. The other is the offset of the second half of a
   * weight, behind all rows of x, or all columns of y, of the first half.
   */
  void gated(Tasks tasks, Matrix x, Matrix y, OperandLocation z, Walk walk, int xUp, int yUp);

  /**
   * Adds the same as {@link #gated}, for the next product alone, which must be added next.
   *
   * @param left whether it will be the left factor, with rows one after the other
   * @return where that product finds it
   */
  default Matrix gatedFactor(
      Tasks tasks, Matrix x, Matrix y, Walk walk, int xUp, int yUp, boolean left) {
    OperandLocation z = tasks.scratch(Math.multiplyExact(walk.rows(), walk.columns()));
    gated(tasks, x, y, z, walk, xUp, yUp);
    return new Matrix(tasks.arena(), z);
  }

  /**
   * Adds the gradient of a weight [rows, columns]: the sum over sequences and over {@code inner}
   * terms of x [inner, rows] times y [inner, columns].
   *
   * @param yColumn floats from a column of y to the next
   */
  void gradient(
      Tasks tasks,
      OperandLocation x,
      OperandLocation y,
      OperandLocation weight,
      Walk walk,
      int yColumn);
}
