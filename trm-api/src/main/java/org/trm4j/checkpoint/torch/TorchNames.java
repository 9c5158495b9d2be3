package org.trm4j.checkpoint.torch;

import java.util.Map;
import org.trm4j.checkpoint.content.ElementType;

/** The names that mean something in a checkpoint; no other is looked up, here or anywhere. */
final class TorchNames {
  private static final Map<String, ElementType> STORAGES =
      Map.of(
          "DoubleStorage", ElementType.F64,
          "FloatStorage", ElementType.F32,
          "HalfStorage", ElementType.F16,
          "BFloat16Storage", ElementType.BF16,
          "LongStorage", ElementType.I64,
          "IntStorage", ElementType.I32,
          "ShortStorage", ElementType.I16,
          "CharStorage", ElementType.I8,
          "ByteStorage", ElementType.U8,
          "BoolStorage", ElementType.BOOL);

  private static final int MAX_PRINTED = 200;

  private TorchNames() {}

  /** Returns what a name means; any other is opaque. */
  static TorchValue find(String module, String name) {
    for (TorchValue.Callable callable : TorchValue.Callable.values()) {
      if (callable.module.equals(module) && callable.name.equals(name)) {
        return callable;
      }
    }
    ElementType type = STORAGES.get(name);
    if (module.equals("torch") && type != null) {
      return new TorchValue.StorageType(type);
    }
    return new TorchValue.Opaque(module + "." + name, false);
  }

  /** Returns a text of the file for an error: on one line, and not long. */
  static String printable(String text) {
    String line = text.replaceAll("\\p{Cc}", "?");
    return line.length() <= MAX_PRINTED ? line : line.substring(0, MAX_PRINTED) + "...";
  }
}
