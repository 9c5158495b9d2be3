package org.trm4j.backend.tornado.check;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.product.JavaProducts;
import org.trm4j.backend.tornado.product.ProductCheck;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.backend.tornado.program.FailureReason;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;

/**
 * The faults of a device. Each part runs small kernels on the device and compares them with the
 * host: products and norms in double precision, random draws bit for bit.
 *
 * @param noise what is wrong with random draws, in one line; empty if nothing is
 * @param products with products by Java kernels
 * @param norms with norms
 */
public record DeviceCheck(String noise, String products, String norms) {
  private static final String WAY_OUT =
      "choose another device or a CPU backend, or try another driver";

  /** Nothing. */
  public static final DeviceCheck PASSED = new DeviceCheck("", "", "");

  /** Checks a device. */
  public static DeviceCheck of(DeviceChoice device, KernelChoice kernels) {
    return new DeviceCheck(
        problem(() -> NoiseCheck.problem(device)),
        problem(() -> ProductCheck.problem(device, new JavaProducts(kernels.shape()))),
        problem(() -> NormCheck.problem(device, kernels)));
  }

  private static String problem(Supplier<@Nullable String> check) {
    try {
      String problem = Engine.exclusively(check);
      return problem == null ? "" : problem;
    } catch (RuntimeException | TornadoInternalError e) {
      return FailureReason.of(e);
    }
  }

  /** Throws if a device cannot be used at all. */
  public void require(DeviceChoice device) {
    String what = products.isEmpty() ? "norms" : "matrix products";
    String problem = products.isEmpty() ? norms : products;
    if (!problem.isEmpty()) {
      throw new BackendException(
          "backend %s: %s are wrong on %s: %s; %s"
              .formatted(DeviceChoice.BACKEND, what, device.description(), problem, WAY_OUT));
    }
  }

  /** Throws if a device's random draws are wrong. */
  public void requireNoise(DeviceChoice device) {
    if (!noise.isEmpty()) {
      throw new BackendException(
          "backend %s: random draws are wrong on %s: %s; %s"
              .formatted(DeviceChoice.BACKEND, device.description(), noise, WAY_OUT));
    }
  }
}
