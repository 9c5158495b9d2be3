package org.trm4j.backend.tornado.product;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.program.FailureReason;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.cublas.CuBlas;
import uk.ac.manchester.tornado.cublas.CuBlasOptions;
import uk.ac.manchester.tornado.cublas.enums.CuBlasMathMode;
import uk.ac.manchester.tornado.cublas.enums.CuBlasOperation;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.LibraryRegistry;

/** Calls of cuBLAS. */
final class CuBlasLibrary {
  private CuBlasLibrary() {}

  /** Returns why TornadoVM has no cuBLAS for a device, in one line; null if it has. */
  static @Nullable String missing(DeviceChoice device) {
    try {
      LibraryRegistry.findProvider(CuBlas.LIBRARY_NAME, (TornadoXPUDevice) device.device());
      return null;
    } catch (RuntimeException | LinkageError e) {
      return FailureReason.of(e);
    }
  }

  /** Returns the library's calls in a precision. */
  static Gemm.Library in(Precision precision) {
    return precision == Precision.FP32 ? CuBlasLibrary::call : CuBlasLibrary::callTf32;
  }

  private static LibraryTaskDescriptor callTf32(Gemm g, FloatArray a, FloatArray b, FloatArray c) {
    return call(g, a, b, c)
        .withTuning(new CuBlasOptions().withMathMode(CuBlasMathMode.CUBLAS_TF32_TENSOR_OP_MATH));
  }

  static LibraryTaskDescriptor call(Gemm g, FloatArray a, FloatArray b, FloatArray c) {
    int ofA = CuBlasOperation.CUBLAS_OP_N.operation();
    int ofB = g.transposedB() ? CuBlasOperation.CUBLAS_OP_T.operation() : ofA;
    int m = g.m();
    int n = g.n();
    int k = g.k();
    if (g.batch() == 1) {
      return CuBlas.cublasSgemm(ofA, ofB, m, n, k, 1f, a, m, b, g.ldb(), 0f, c, m);
    }
    return CuBlas.cublasSgemmStridedBatched(
        ofA,
        ofB,
        m,
        n,
        k,
        1f,
        a,
        m,
        g.strideA(),
        b,
        g.ldb(),
        g.strideB(),
        0f,
        c,
        m,
        g.strideC(),
        g.batch());
  }
}
