package org.trm4j.backend.tornado;

import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.tornado.check.CheckCache;
import org.trm4j.backend.tornado.check.CudaGraphs;
import org.trm4j.backend.tornado.check.DeviceCheck;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.product.ProductChoice;
import org.trm4j.backend.tornado.session.TornadoBackend;
import org.trm4j.backend.tornado.session.TornadoRuntimeCheck;

/**
 * Provides {@code tornado}: kernels in Java, compiled by TornadoVM for an OpenCL or CUDA device, if
 * the JVM was started with the SDK's argument file. {@code tornado:opencl:0} chooses a device. The
 * property {@code products} of the options, or else the system property {@code
 * trm.tornado.products}, chooses what computes matrix products: {@code java}, kernels in Java;
 * {@code cublas}; or {@code auto}, cuBLAS if the device offers it and it passes a check.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TornadoProvider implements BackendProvider {
  private static final String ID = DeviceChoice.BACKEND;

  /** Creates the provider. */
  public TornadoProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  // Below the CPU backends: a device is used only on request.
  @Override
  public int priority() {
    return 5;
  }

  @Override
  public String description() {
    return "Java kernels compiled by TornadoVM for OpenCL and CUDA devices";
  }

  @Override
  public BackendProvider.Availability availability() {
    return TornadoRuntimeCheck.availability();
  }

  // cuBLAS may choose another algorithm, and another order of sums, for another number of rows.
  @Override
  public Set<Backend.Capability> capabilities() {
    Set<Backend.Capability> all = EnumSet.allOf(Backend.Capability.class);
    if (ProductChoice.mayUseCuBlas(ProductChoice.property())) {
      all.remove(Backend.Capability.THREAD_INVARIANT);
    }
    return all;
  }

  @Override
  public Backend open(BackendOptions options) {
    if (availability()
        instanceof BackendProvider.Availability.Unavailable(String reason, String fix)) {
      throw new BackendException("backend %s: unavailable: %s; %s".formatted(ID, reason, fix));
    }
    ProductChoice products = ProductChoice.of(options.properties(), ProductChoice.property());
    DeviceChoice found = DeviceChoice.find(options.device());
    KernelChoice kernels = KernelChoice.of(options.properties(), found.device().getDeviceType());
    DeviceChoice device =
        CudaGraphs.of(options.properties(), found, recorded -> check(recorded, kernels));
    DeviceCheck check = check(device, kernels);
    // Checked before cuBLAS, which is compared with the host in the same way.
    check.require(device);
    return new TornadoBackend(
        device,
        DeviceLimits.of(device),
        products.products(device, kernels, options.properties()),
        kernels,
        check);
  }

  private static DeviceCheck check(DeviceChoice device, KernelChoice kernels) {
    String identity = device.identity() + "\n" + kernels + (device.graphs() ? "\ngraphs" : "");
    return CheckCache.ofUser().of(identity, () -> DeviceCheck.of(device, kernels));
  }
}
