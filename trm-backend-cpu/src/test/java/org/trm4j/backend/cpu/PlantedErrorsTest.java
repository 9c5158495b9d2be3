package org.trm4j.backend.cpu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trm4j.backend.cpu.kernel.amx.SwappedPairs;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileModel;
import org.trm4j.backend.cpu.kernel.vector.VectorTileKernels;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.tck.BackendContract;

/** The contract detects errors in the packing of cpu-amx. */
class PlantedErrorsTest {
  private enum Fault {
    /** The two rows of a pair in the wrong order: the products are of other numbers. */
    SWAPPED_PAIR,
    /** The lower half of a float is cut off, so every factor is slightly too small. */
    MISSING_ROUNDING
  }

  private enum Check {
    SWI_GLU(BackendContract::swiGlu),
    TOKEN_SWI_GLU(BackendContract::tokenSwiGlu),
    ATTENTION(BackendContract::rotarySelfAttention);

    final Consumer<BackendContract> test;

    Check(Consumer<BackendContract> test) {
      this.test = test;
    }
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void aSwappedPairIsFound(Check check) {
    isFound(Fault.SWAPPED_PAIR, check);
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void aMissingRoundingIsFound(Check check) {
    isFound(Fault.MISSING_ROUNDING, check);
  }

  private static void isFound(Fault fault, Check check) {
    BackendContract contract =
        new BackendContract() {
          @Override
          public BackendProvider provider() {
            return new Faulty(fault);
          }

          @Override
          public BackendContract.ProductPrecision products() {
            return BackendContract.ProductPrecision.BFLOAT16;
          }
        };
    assertThatThrownBy(() -> check.test.accept(contract))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected");
  }

  /** cpu-amx with a fault in its packing. */
  private record Faulty(Fault fault) implements BackendProvider {
    @Override
    public String id() {
      return "faulty";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public String description() {
      return "has the fault " + fault;
    }

    @Override
    public BackendProvider.Availability availability() {
      return new BackendProvider.Availability.Available(description());
    }

    @Override
    public Set<Backend.Capability> capabilities() {
      return new CpuAmxProvider().capabilities();
    }

    @Override
    public Backend open(BackendOptions options) {
      return fault == Fault.SWAPPED_PAIR
          ? CpuAmxProvider.open(new SwappedPairs(), new VectorTileKernels(), options)
          : CpuAmxProvider.open(new TileModel(), new CuttingKernels(), options);
    }
  }

  /** Truncates instead of rounding; values between products are rounded as usual. */
  private record CuttingKernels(TileKernels right) implements TileKernels {
    CuttingKernels() {
      this(new VectorTileKernels());
    }

    @Override
    public void rows(
        float[] x, int x0, int ldx, int rows, int columns, MemorySegment to, long at, long ld) {
      right.rows(cut(x), x0, ldx, rows, columns, to, at, ld);
    }

    @Override
    public void pairs(
        float[] x,
        int x0,
        int ldx,
        int rows,
        int filled,
        int columns,
        MemorySegment to,
        long at,
        int depth,
        int first) {
      right.pairs(cut(x), x0, ldx, rows, filled, columns, to, at, depth, first);
    }

    private static float[] cut(float[] x) {
      float[] cut = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        cut[i] = Float.intBitsToFloat(Float.floatToRawIntBits(x[i]) & 0xffff0000);
      }
      return cut;
    }

    @Override
    public void swiGluRows(
        MemorySegment results, long from, int rows, MemorySegment to, long at, long ld) {
      right.swiGluRows(results, from, rows, to, at, ld);
    }

    @Override
    public void swiGluPairs(MemorySegment results, long from, MemorySegment to, long at) {
      right.swiGluPairs(results, from, to, at);
    }

    @Override
    public float residualNorm(
        MemorySegment product,
        long from,
        float[] x,
        int x0,
        int n,
        float epsilon,
        float[] out,
        int o0) {
      return right.residualNorm(product, from, x, x0, n, epsilon, out, o0);
    }

    @Override
    public void residualNormColumns(
        MemorySegment product,
        long from,
        int rows,
        int columns,
        float[] x,
        int x0,
        int ldx,
        float epsilon,
        float[] out,
        int o0,
        float[] r) {
      right.residualNormColumns(product, from, rows, columns, x, x0, ldx, epsilon, out, o0, r);
    }
  }
}
