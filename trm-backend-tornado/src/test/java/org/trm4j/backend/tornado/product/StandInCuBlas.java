package org.trm4j.backend.tornado.product;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicLong;
import org.trm4j.backend.tornado.program.Products;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;
import uk.ac.manchester.tornado.cublas.CuBlasOptions;
import uk.ac.manchester.tornado.cublas.enums.CuBlasMathMode;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/**
 * What cuBLAS promises, in plain Java, for TornadoVM's library tasks on an OpenCL device: column
 * major, leading dimensions, transposes, strides. It has its own name, because TornadoVM gives the
 * contexts of two libraries with one name to the first.
 */
public final class StandInCuBlas implements TornadoLibraryProvider {
  private static final String NAME = "trm4j/cublas-stand-in";
  private static final AtomicLong CALLS_LEFT = new AtomicLong(Long.MAX_VALUE);

  /** Returns products by this library. */
  public static Products products() {
    return products(CuBlasLibrary::call);
  }

  /** Returns products by this library, called in the way of cuBLAS. */
  public static Products products(Gemm.Library cuBlas) {
    return products(cuBlas, Precision.FP32);
  }

  /** Returns products by this library in a precision. */
  static Products products(Gemm.Library cuBlas, Precision precision) {
    return new CuBlasProducts((g, a, b, c) -> cuBlas.call(g, a, b, c).withLibrary(NAME), precision);
  }

  /** Lets a number of calls pass; later calls find no device until more are allowed. */
  public static void vanishAfter(long calls) {
    CALLS_LEFT.set(calls);
  }

  @Override
  public String libraryName() {
    return NAME;
  }

  @Override
  public boolean canHandle(TornadoXPUDevice device) {
    return device.getTornadoVMBackend() == TornadoVMBackendType.OPENCL;
  }

  @Override
  public LibraryContext createContext(TornadoXPUDevice device, long executionPlanId) {
    return new LibraryContext() {};
  }

  @Override
  public void destroyContext(LibraryContext context) {}

  @Override
  public void dispatch(String function, LibraryInvocation call) {
    if (CALLS_LEFT.getAndDecrement() <= 0) {
      throw new TornadoRuntimeException("CL_DEVICE_NOT_AVAILABLE");
    }
    boolean batched =
        switch (function) {
          case "cublasSgemm" -> false;
          case "cublasSgemmStridedBatched" -> true;
          default -> throw new IllegalArgumentException(function);
        };
    boolean tf32 =
        call.getTuning() instanceof CuBlasOptions options
            && options.getMathMode() == CuBlasMathMode.CUBLAS_TF32_TENSOR_OP_MATH;
    int a = 6;
    int b = batched ? 9 : 8;
    int c = batched ? 13 : 11;
    Factor left = factor(call, 0, a, batched, integer(call, 2), integer(call, 4));
    Factor right = factor(call, 1, b, batched, integer(call, 4), integer(call, 3));
    Factor result =
        new Factor(
            read(call, c), false, integer(call, c + 1), batched ? (long) call.getArg(c + 2) : 0);
    result.check(integer(call, 2));
    float alpha = (float) call.getArg(5);
    float beta = (float) call.getArg(c - 1);
    for (int i = 0; i < (batched ? integer(call, 16) : 1); i++) {
      for (int column = 0; column < integer(call, 3); column++) {
        for (int row = 0; row < integer(call, 2); row++) {
          double sum = 0;
          for (int k = 0; k < integer(call, 4); k++) {
            float x = left.get(i, row, k);
            float y = right.get(i, k, column);
            sum += tf32 ? (double) rounded(x) * rounded(y) : (double) x * y;
          }
          int at = result.at(i, row, column);
          // The library does not read C if beta is 0.
          float old = beta == 0 ? 0 : beta * result.values()[at];
          result.values()[at] = (float) (alpha * sum) + old;
        }
      }
    }
    transfer("writeBuffer", call, c, result.values());
  }

  /** Rounds to the 11 bits of TF32, ties to even. */
  private static float rounded(float x) {
    int bits = Float.floatToRawIntBits(x);
    return Float.intBitsToFloat(bits + 0xFFF + (bits >> 13 & 1) & ~0x1FFF);
  }

  /** A matrix of a batch, op() applied. */
  private record Factor(float[] values, boolean transposed, int leading, long stride) {
    int at(int number, int row, int column) {
      return Math.toIntExact(number * stride)
          + (transposed ? column + row * leading : row + column * leading);
    }

    float get(int number, int row, int column) {
      return values[at(number, row, column)];
    }

    void check(int rows) {
      if (leading < Math.max(1, rows)) {
        throw new IllegalArgumentException("leading dimension " + leading + ", rows " + rows);
      }
    }
  }

  private static Factor factor(
      LibraryInvocation call, int operation, int at, boolean batched, int rows, int columns) {
    boolean transposed = integer(call, operation) == 1;
    long stride = batched ? (long) call.getArg(at + 2) : 0;
    Factor factor = new Factor(read(call, at), transposed, integer(call, at + 1), stride);
    factor.check(transposed ? columns : rows);
    return factor;
  }

  private static int integer(LibraryInvocation call, int at) {
    return (int) call.getArg(at);
  }

  private static float[] read(LibraryInvocation call, int at) {
    float[] values = new float[((FloatArray) call.getArg(at)).getSize()];
    transfer("readBuffer", call, at, values);
    return values;
  }

  /** Copies a whole buffer by the OpenCL driver's own methods, which an SDK may lack. */
  private static void transfer(String method, LibraryInvocation call, int at, float[] values) {
    long header = TornadoNativeArray.ARRAY_HEADER;
    try {
      TornadoXPUDevice device = call.getDevice();
      Object context = device.getClass().getMethod("getDeviceContext").invoke(device);
      Method copy =
          context
              .getClass()
              .getMethod(
                  method,
                  long.class,
                  long.class,
                  long.class,
                  long.class,
                  float[].class,
                  long.class,
                  int[].class);
      copy.invoke(
          context,
          call.getExecutionPlanId(),
          call.getDevicePointer(at) - header,
          header,
          4L * values.length,
          values,
          0L,
          null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
