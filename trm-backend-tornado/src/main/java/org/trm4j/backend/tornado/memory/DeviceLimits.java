package org.trm4j.backend.tornado.memory;

import java.util.Locale;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * The memory limits of a device.
 *
 * @param device its name, for messages
 * @param memory total bytes: those of the device, capped by what TornadoVM may use
 * @param array bytes of the largest array
 */
public record DeviceLimits(String device, long memory, long array) {
  private static final String PROPERTY = "tornado.device.memory";
  private static final String DEFAULT = "4GB";

  public static DeviceLimits of(DeviceChoice choice) {
    TornadoDevice device = choice.device();
    long allowed = bytes(System.getProperty(PROPERTY, DEFAULT));
    // Memory that a device shares with its host is not all free.
    long has = device.getMaxGlobalMemory() / 10 * 9;
    return new DeviceLimits(
        choice.description(), Math.min(allowed, has), device.getMaxAllocMemory());
  }

  /** Returns the bytes of a size such as 4GB, 512MB or 1000, as TornadoVM reads it. */
  public static long bytes(String text) {
    String size = text.strip().toUpperCase(Locale.ROOT);
    int shift = size.endsWith("GB") ? 30 : size.endsWith("MB") ? 20 : size.endsWith("KB") ? 10 : 0;
    String number = size.replaceAll("[^0-9]+$", "");
    return number.isEmpty() ? 0 : Long.parseLong(number) << shift;
  }
}
