package org.trm4j.backend.tornado.memory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/**
 * Decides, in this one place, which form of a kernel a device gets.
 *
 * @param shape how much work one item of a product does
 * @param attention whether attention keeps its scores in memory
 */
public record KernelChoice(Shape shape, Attention attention) {
  /** The option, and with the prefix {@code trm.tornado.} the system property, of the shape. */
  public static final String SHAPE = "shape";

  /** The same for attention. */
  public static final String ATTENTION = "attention";

  private static final String PREFIX = "trm.tornado.";

  /** How much work one item of a product does. */
  public enum Shape {
    /** Eight rows of a column, from memory: few items with much work each. */
    CPU,
    /** Rows through local memory in groups of 64 columns: thousands of items, coalesced reads. */
    GPU
  }

  /** What attention keeps in memory. */
  public enum Attention {
    /** Nothing of length x length: tiles of keys, through local memory. */
    TILED,
    /** The scores of all pairs; the tiled kernels are tested against this form. */
    PLAIN
  }

  /** Returns the names of the options. */
  public static List<String> options() {
    return List.of(SHAPE, ATTENTION);
  }

  /**
   * Returns the choice in the options, or else the system properties, or else the device's default.
   */
  public static KernelChoice of(Map<String, String> options, TornadoDeviceType device) {
    Shape shape = find(SHAPE, options, Shape.class);
    Attention attention = find(ATTENTION, options, Attention.class);
    return new KernelChoice(
        shape != null ? shape : device == TornadoDeviceType.CPU ? Shape.CPU : Shape.GPU,
        attention != null ? attention : Attention.TILED);
  }

  private static <E extends Enum<E>> @Nullable E find(
      String name, Map<String, String> options, Class<E> type) {
    String option = options.get(name);
    String value = option == null ? System.getProperty(PREFIX + name, "auto") : option;
    if (value.equals("auto")) {
      return null;
    }
    List<E> all = Arrays.asList(type.getEnumConstants());
    return all.stream()
        .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(() ->
            new BackendException(
                "backend %s: %s=%s, expected auto or one of %s"
                    .formatted(
                        DeviceChoice.BACKEND,
                        option == null ? PREFIX + name : name,
                        value,
                        all.stream().map(e -> e.name().toLowerCase(Locale.ROOT)).toList())));
  }
}
