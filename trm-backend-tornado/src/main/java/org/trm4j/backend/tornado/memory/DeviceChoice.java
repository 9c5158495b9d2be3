package org.trm4j.backend.tornado.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.trm4j.backend.spi.BackendException;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * A device and the name by which users choose it.
 *
 * @param name such as {@code opencl:0}
 * @param device TornadoVM's
 * @param graphs whether launches are recorded as CUDA graphs and replayed
 */
public record DeviceChoice(String name, TornadoDevice device, boolean graphs) {
  /** The id of the backend. */
  public static final String BACKEND = "tornado";

  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  /** Returns the device, whose launches are recorded as CUDA graphs. */
  public DeviceChoice withGraphs() {
    return new DeviceChoice(name, device, true);
  }

  public String description() {
    return "%s, %s".formatted(name, device.getPhysicalDevice().getDeviceName().strip());
  }

  /**
   * Returns everything that may affect a device's results, in several lines: the device, its
   * driver, TornadoVM and Java.
   */
  public String identity() {
    return String.join(
        "\n",
        description(),
        device.getPlatformName(),
        device.getDeviceOpenCLCVersion(),
        String.valueOf(device.getPhysicalDevice().getDeviceInfo()),
        driver(),
        SdkVersion.ofRuntime(),
        "Java " + Runtime.version());
  }

  /** Returns the version of the NVIDIA driver's module, if there is one. */
  private static String driver() {
    try {
      return Files.readString(NVIDIA).strip();
    } catch (IOException e) {
      return "no " + NVIDIA;
    }
  }

  /** Returns the chosen device; an empty choice takes the first. */
  public static DeviceChoice find(String choice) {
    List<DeviceChoice> all = all();
    if (all.isEmpty()) {
      throw new BackendException(
          "backend tornado: TornadoVM found no device; install a driver (OpenCL on a CPU: package pocl-opencl-icd), or an SDK built for your device's driver");
    }
    return all.stream()
        .filter(device -> choice.isEmpty() || device.name().equals(choice))
        .findFirst()
        .orElseThrow(() ->
            new BackendException(
                "backend tornado: device %s, expected one of %s"
                    .formatted(choice, all.stream().map(DeviceChoice::description).toList())));
  }

  private static List<DeviceChoice> all() {
    List<DeviceChoice> all = new ArrayList<>();
    TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
    for (int b = 0; b < runtime.getNumBackends(); b++) {
      TornadoBackend driver = runtime.getBackend(b);
      String name = runtime.getBackendType(b).name().toLowerCase(Locale.ROOT);
      for (int d = 0; d < driver.getNumDevices(); d++) {
        all.add(new DeviceChoice(name + ":" + d, driver.getDevice(d), false));
      }
    }
    return all;
  }
}
