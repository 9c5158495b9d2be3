package org.trm4j.tck;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.tck.oracle.ReferenceProvider;

/**
 * All that a backend must satisfy. A backend's own test extends it and returns its provider:
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
   * How a backend rounds the factors of the layers' products; sums are in single precision at
   * least.
   */
  public enum ProductPrecision {
    /** As they are. */
    SINGLE("single", 0x1p-24, 0),

    /**
     * To bfloat16, nearest even. The oracle rounds the same factors, so that what is left is a
     * factor now and then that single precision put on the other side of a tie. The noise is large
     * enough to show what one of them may do where sums cancel.
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

    /** Returns the relative difference of a factor that was rounded the other way, on average. */
    double rounding() {
      return rounding;
    }

    /** Opens the oracle with products of this precision and so much relative noise. */
    Backend oracle(double relative) {
      return new ReferenceProvider()
          .open(
              new BackendOptions(
                  1,
                  "",
                  Map.of(
                      ReferenceProvider.ROUNDING_NOISE,
                      Double.toString(relative),
                      ReferenceProvider.PRODUCTS,
                      option)));
    }
  }
}
