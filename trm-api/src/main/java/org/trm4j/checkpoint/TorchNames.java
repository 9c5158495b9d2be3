package org.trm4j.checkpoint;

import java.util.Map;

/** The names that a checkpoint of tensors may mention; nothing else is looked up anywhere. */
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

  private TorchNames() {}

  /** Returns what a name means; throws {@link IllegalArgumentException} for any other. */
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
    throw new IllegalArgumentException(
        "names %s, which no checkpoint of tensors needs; refused"
            .formatted(printable(module + "." + name)));
  }

  /** Returns a text of the file for an error: on one line. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cc}", "?");
  }
}
