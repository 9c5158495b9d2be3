package org.trm4j.backend.tornado.check;

import java.util.Map;
import java.util.function.Function;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** Whether launches are recorded as CUDA graphs: on request, and if they pass the check. */
public final class CudaGraphs {
  /** The option, and with the prefix {@code trm.tornado.} the system property. */
  public static final String OPTION = "cudaGraphs";

  private static final System.Logger LOG = System.getLogger(CudaGraphs.class.getName());
  private static final String PROPERTY = "trm.tornado." + OPTION;

  private CudaGraphs() {}

  /**
   * Returns the device with graphs, or without them and with one line of the log that says why.
   *
   * @param check finds the faults of a device
   */
  public static DeviceChoice of(
      Map<String, String> options, DeviceChoice device, Function<DeviceChoice, DeviceCheck> check) {
    String option = options.get(OPTION);
    String value = option == null ? System.getProperty(PROPERTY, "false") : option;
    return switch (value) {
      case "false" -> device;
      case "true" -> asked(device, check);
      default ->
          throw new BackendException(
              "backend %s: %s=%s, expected true or false"
                  .formatted(DeviceChoice.BACKEND, option == null ? PROPERTY : OPTION, value));
    };
  }

  private static DeviceChoice asked(
      DeviceChoice device, Function<DeviceChoice, DeviceCheck> check) {
    String problem = "it is no device of TornadoVM's CUDA backend";
    if (device.device().getTornadoVMBackend() == TornadoVMBackendType.CUDA) {
      DeviceChoice recorded = device.withGraphs();
      DeviceCheck found = check.apply(recorded);
      if (found.equals(DeviceCheck.PASSED)) {
        return recorded;
      }
      problem = found.toString();
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "backend {0}: no CUDA graphs on {1}: {2}; each kernel is launched by itself",
        DeviceChoice.BACKEND,
        device.description(),
        problem);
    return device;
  }
}
