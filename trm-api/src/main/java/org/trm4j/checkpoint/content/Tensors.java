package org.trm4j.checkpoint.content;

import java.lang.foreign.MemorySegment;
import org.apiguardian.api.API;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/** Makes tensors of file segments. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Tensors {
  private Tensors() {}

  /**
   * Returns a view of 32-bit floats, so that huge tables stay in the mapped file, or a converted
   * copy of other types.
   */
  public static Tensor of(Shape shape, ElementType type, MemorySegment data) {
    if (type == ElementType.F32) {
      return Tensor.of(shape, data);
    }
    float[] values = new float[shape.intSize()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.read(data, i);
    }
    return Tensor.of(shape, values);
  }
}
