package org.trm4j.plan.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.plan.buffer.Buffer;

/** Collects backward operations, and the gradient buffer of each forward buffer. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class GradientTape {
  private final Map<Buffer, Buffer> gradients = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private final Set<Buffer> detached;
  private int count;

  /**
   * Creates an empty tape.
   *
   * @param detached buffers that no gradient passes
   */
  public GradientTape(Set<Buffer> detached) {
    this.detached = detached;
  }

  /** Returns the gradient of a buffer, or null when the loss does not depend on it. */
  @Nullable Buffer gradient(Buffer buffer) {
    return gradients.get(buffer);
  }

  /** Returns a new gradient buffer of that buffer's shape. */
  Buffer fresh(Buffer buffer) {
    return new Buffer(
        "d" + count++ + "(" + buffer.name() + ")", buffer.shape(), Buffer.Role.TEMPORARY);
  }

  void append(Operation operation) {
    operations.add(operation);
  }

  /**
   * Adds to a buffer's gradient. Gradient buffers are never written twice, so that they may be
   * shared.
   */
  public void accumulate(Buffer buffer, Buffer gradient) {
    if (detached.contains(buffer)) {
      return;
    }
    Buffer before = gradients.get(buffer);
    if (before == null) {
      gradients.put(buffer, gradient);
    } else {
      Buffer sum = fresh(buffer);
      operations.add(new Sum(List.of(before, gradient), sum));
      gradients.put(buffer, sum);
    }
  }

  /** Returns whether anything uses a gradient of the buffer. */
  boolean follows(Buffer buffer) {
    return !detached.contains(buffer);
  }

  /** Returns the backward operations, in the order in which they run. */
  public List<Operation> operations() {
    return operations;
  }
}
