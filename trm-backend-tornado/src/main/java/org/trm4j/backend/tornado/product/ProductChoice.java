package org.trm4j.backend.tornado.product;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.program.Products;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** How matrix products are computed, and whether that works on a device. */
public enum ProductChoice {
  /** By cuBLAS if the device offers it and it passes the check, else by Java kernels. */
  AUTO,
  /** By Java kernels. */
  JAVA,
  /** By cuBLAS; refused if that does not work. */
  CUBLAS;

  /** The system property of the whole JVM. */
  static final String PROPERTY = "trm.tornado.products";

  /** The property of one backend, in its options. */
  static final String OPTION = "products";

  private static final System.Logger LOG = System.getLogger(ProductChoice.class.getName());
  private static final String CUDA_DRIVER = "tornado.drivers.cuda";

  /** Tries a library's products on a device; returns what is wrong with them, if anything. */
  interface Check {
    @Nullable String problem(DeviceChoice device, Products products);
  }

  /**
   * Returns the choice in a backend's options, or else the JVM's.
   *
   * @param options of the backend
   * @param property the system property's value, empty if it is not set
   */
  public static ProductChoice of(Map<String, String> options, String property) {
    List<String> known = new ArrayList<>(KernelChoice.options());
    known.addAll(List.of(Precision.OPTION, "cudaGraphs", OPTION));
    List<String> unknown = options.keySet().stream().filter(k -> !known.contains(k)).toList();
    if (!unknown.isEmpty()) {
      throw new BackendException(
          "backend %s: properties %s, expected none but %s"
              .formatted(DeviceChoice.BACKEND, unknown, known));
    }
    String option = options.get(OPTION);
    return option == null ? parse(PROPERTY, property) : parse(OPTION, option);
  }

  private static ProductChoice parse(String what, String value) {
    if (value.isEmpty()) {
      return AUTO;
    }
    return Arrays.stream(values())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(() ->
            new BackendException(
                "backend %s: %s=%s, expected auto, java or cublas"
                    .formatted(DeviceChoice.BACKEND, what, value)));
  }

  /** Returns the system property's value. */
  public static String property() {
    return System.getProperty(PROPERTY, "");
  }

  /**
   * Returns whether a backend of this JVM may use cuBLAS, whose results may depend on the number of
   * sequences.
   */
  public static boolean mayUseCuBlas(String property) {
    return property.equals("cublas")
        || !property.equals("java") && ModuleLayer.boot().findModule(CUDA_DRIVER).isPresent();
  }

  /** Returns products that work on a device. */
  public Products products(DeviceChoice device, KernelChoice kernels, Map<String, String> options) {
    Precision precision = Precision.of(options);
    return products(
        device,
        kernels,
        new CuBlasProducts(CuBlasLibrary.in(precision), precision),
        (tried, products) -> {
          String missing = CuBlasLibrary.missing(tried);
          return missing == null ? ProductCheck.problem(tried, products) : missing;
        });
  }

  public Products products(
      DeviceChoice device, KernelChoice kernels, Products library, Check check) {
    boolean offered = device.device().getTornadoVMBackend() == TornadoVMBackendType.CUDA;
    if (this == JAVA || (this == AUTO && !offered)) {
      if (library instanceof CuBlasProducts asked && asked.precision() != Precision.FP32) {
        LOG.log(
            System.Logger.Level.WARNING,
            "backend {0}: products in {1} are made by cuBLAS only; Java kernels on {2} make them in FP32",
            DeviceChoice.BACKEND,
            asked.precision(),
            device.description());
      }
      return new JavaProducts(kernels.shape());
    }
    String problem = check.problem(device, library);
    if (problem == null) {
      return library;
    }
    String line =
        "backend %s: matrix products by cuBLAS do not work on %s: %s"
            .formatted(DeviceChoice.BACKEND, device.description(), problem);
    if (this == CUBLAS) {
      throw new BackendException(line + "; -D" + PROPERTY + "=java does without it");
    }
    LOG.log(System.Logger.Level.WARNING, "{0}; Java kernels make them", line);
    return new JavaProducts(kernels.shape());
  }
}
