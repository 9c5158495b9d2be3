package org.trm4j.plan.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;

/** The parameters of an operation, some of which a configuration leaves out. */
final class Present {
  private Present() {}

  /** Returns those that are there, in order. */
  static List<ParameterSpec> of(@Nullable ParameterSpec... specs) {
    return Arrays.stream(specs).filter(Objects::nonNull).toList();
  }
}
