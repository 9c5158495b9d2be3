package org.trm4j.tck;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.tck.oracle.ReferenceProvider;

/**
 * The contract of a backend. A backend's test extends it and returns its provider:
 *
 * <pre>{@code
 * class MyBackendContractTest extends BackendContract {
 *   public BackendProvider provider() {
 *     return new MyBackendProvider();
 *   }
 * }
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class BackendContract
    implements LifeCycleContract,
        ErrorContract,
        OperationContract,
        TrainingContract,
        GradientContract,
        DeterminismContract,
        IsolationContract,
        RandomnessContract,
        TaskContract {
  /** For subclasses. */
  protected BackendContract() {}

  /**
   * How a backend rounds the factors of the layers' products; sums are at least in single
   * precision.
   */
  public enum ProductPrecision {
    /** No rounding. */
    SINGLE("single", 0x1p-24, 0),

    /**
     * To bfloat16, nearest even. The oracle rounds the same factors. What remains is an occasional
     * factor that single precision puts on the other side of a tie. The noise is large enough to
     * show the effect of one such factor where sums cancel.
     */
    BFLOAT16("bfloat16", 0x1p-17, 0x1p-9);

    private final String option;
    private final double noise;
    private final double rounding;

    ProductPrecision(String option, double noise, double rounding) {
      this.option = option;
      this.noise = noise;
      this.rounding = rounding;
    }

    /** Returns the relative noise by which the oracle's sensitivity is measured. */
    double noise() {
      return noise;
    }

    /** Returns the average relative difference of a factor that was rounded the other way. */
    double rounding() {
      return rounding;
    }

    /** Opens the oracle with products of this precision and the given relative noise. */
    Backend oracle(double relative) {
      return new ReferenceProvider()
          .open(
              BackendOptions.DEFAULT
                  .withThreads(1)
                  .withProperties(
                      Map.of(
                          ReferenceProvider.ROUNDING_NOISE,
                          Double.toString(relative),
                          ReferenceProvider.PRODUCTS,
                          option)));
    }
  }
}
