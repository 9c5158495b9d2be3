package org.trm4j.backend.tornado.product;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.program.Workspace;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Products in double precision on the host, against which a device's products are compared. They
 * use the contents of the arrays at the time a product is added, and the factors that the device's
 * library gets.
 */
final class HostProducts implements Products {
  final double[] arena;
  final double[] gradients;
  private final DeviceArrays arrays;
  private final Workspace workspace;
  private final int count;
  private final Precision precision;

  HostProducts(DeviceArrays arrays, Workspace workspace, int count, Precision precision) {
    this.arrays = arrays;
    this.workspace = workspace;
    this.count = count;
    this.precision = precision;
    this.arena = new double[arrays.arena.getSize()];
    this.gradients = new double[arrays.gradients.getSize()];
  }

  private int start(OperandLocation place, int p) {
    return workspace.base(place, 0) + p * workspace.stride(place);
  }

  private double dot(
      FloatArray x, int xFrom, int xStep, FloatArray y, int yFrom, int yStep, int terms) {
    double sum = 0;
    for (int k = 0; k < terms; k++) {
      float left = precision.factor(x.get(xFrom + k * xStep));
      sum += (double) left * precision.factor(y.get(yFrom + k * yStep));
    }
    return sum;
  }

  private double dot(Matrix x, Matrix y, Walk w, int p, int row, int column) {
    int xFrom = start(x.place(), p) + row * w.xRow();
    int yFrom = start(y.place(), p) + column;
    return dot(x.array(), xFrom, w.xInner(), y.array(), yFrom, w.yInner(), w.inner());
  }

  private static Matrix behind(Matrix x, int floats) {
    return new Matrix(x.array(), x.place().plus(floats));
  }

  @Override
  public void product(
      Tasks t, Matrix x, Matrix y, OperandLocation z, @Nullable OperandLocation residual, Walk w) {
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < w.rows() * w.columns(); i++) {
        double value = dot(x, y, w, p, i / w.columns(), i % w.columns());
        double first = residual == null ? 0 : arrays.arena.get(start(residual, p) + i);
        arena[start(z, p) + i] = first + value;
      }
    }
  }

  @Override
  public void gated(Tasks t, Matrix x, Matrix y, OperandLocation z, Walk w, int xUp, int yUp) {
    gated(x, y, w, xUp, yUp, (p, i, value) -> arena[start(z, p) + i] = value);
  }

  @Override
  public Matrix gatedFactor(Tasks t, Matrix x, Matrix y, Walk w, int xUp, int yUp, boolean left) {
    Matrix z =
        new Matrix(
            new FloatArray(arena.length), new OperandLocation(OperandLocation.Kind.SEQUENCE, 0));
    gated(
        x, y, w, xUp, yUp, (p, i, value) -> z.array().set(start(z.place(), p) + i, (float) value));
    return z;
  }

  private interface Result {
    void set(int p, int element, double value);
  }

  private void gated(Matrix x, Matrix y, Walk w, int xUp, int yUp, Result z) {
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < w.rows() * w.columns(); i++) {
        int row = i / w.columns();
        int column = i % w.columns();
        double gate = dot(x, y, w, p, row, column);
        double up = dot(behind(x, xUp), behind(y, yUp), w, p, row, column);
        z.set(p, i, gate / (1 + Math.exp(-gate)) * up);
      }
    }
  }

  @Override
  public void gradient(
      Tasks t, OperandLocation x, OperandLocation y, OperandLocation weight, Walk w, int yColumn) {
    FloatArray a = arrays.arena;
    for (int i = 0; i < w.rows() * w.columns(); i++) {
      double sum = arrays.gradients.get(start(weight, 0) + i);
      for (int p = 0; p < count; p++) {
        int xFrom = start(x, p) + i / w.columns() * w.xRow();
        int yFrom = start(y, p) + i % w.columns() * yColumn;
        sum += dot(a, xFrom, w.xInner(), a, yFrom, w.yInner(), w.inner());
      }
      gradients[start(weight, 0) + i] = sum;
    }
  }
}
