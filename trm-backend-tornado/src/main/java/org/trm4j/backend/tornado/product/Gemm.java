package org.trm4j.backend.tornado.product;

import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Matrix products {@code C = A op(B)} in the terms of BLAS: column-major, and each array starts
 * with the first matrix of a batch.
 *
 * @param transposedB whether op(B) is the transpose of B
 * @param m rows of A and C
 * @param n columns of op(B) and C
 * @param k columns of A, rows of op(B)
 * @param strideA floats from a matrix A to the next of the batch; 0 if all share it
 * @param strideB the same of B
 * @param batch products
 */
record Gemm(boolean transposedB, int m, int n, int k, long strideA, long strideB, int batch) {

  /** Makes the call of a library. */
  interface Library {
    LibraryTaskDescriptor call(Gemm gemm, FloatArray a, FloatArray b, FloatArray c);
  }

  /** Returns the products of stacked rows by one matrix: row-major [rows, k] times [k, m]. */
  static Gemm stacked(int rows, int m, int k) {
    return new Gemm(false, m, rows, k, 0, 0, 1);
  }

  /** Returns row-major products [n, k] times [k, m], in a batch whose left factor may be shared. */
  static Gemm batched(int n, int m, int k, boolean sharedLeft, int batch) {
    return new Gemm(false, m, n, k, (long) k * m, sharedLeft ? 0 : (long) n * k, batch);
  }

  /** Returns the row-major product of a transpose: [k, n]^T times [k, m]. */
  static Gemm transposedLeft(int n, int m, int k) {
    return new Gemm(true, m, n, k, 0, 0, 1);
  }

  int ldb() {
    return transposedB ? n : k;
  }

  long strideC() {
    return (long) m * n;
  }
}
