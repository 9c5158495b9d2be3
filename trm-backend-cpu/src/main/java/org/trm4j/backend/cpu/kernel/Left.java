package org.trm4j.backend.cpu.kernel;

/**
 * The left factor of products. Only kernels know the layout of a packed one.
 *
 * @param data rows, or tiles of rows
 * @param offset the first element
 * @param stride the row stride; the whole reduction length of packed rows
 * @param rows the number of rows
 * @param packed whether {@link Kernels#left} packed it
 */
public record Left(float[] data, int offset, int stride, int rows, boolean packed) {

  /** Returns rows that are read in place, for factors too short-lived to be packed. */
  public static Left of(float[] data, int offset, int stride, int rows) {
    return new Left(data, offset, stride, rows, false);
  }
}
