package org.trm4j.checkpoint.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.trm4j.checkpoint.content.ElementType;
import org.trm4j.checkpoint.content.Tensors;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;

/** Makes tensors of views of storages. */
final class TorchTensors {
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private TorchTensors() {}

  static Tensor of(String name, TorchValue.TensorView view, MemorySegment data) {
    ElementType type = view.storage().type();
    Shape shape = new Shape(view.shape());
    long stored = data.byteSize() / type.bytes;
    if (view.strides().size() != shape.rank()) {
      throw new IllegalArgumentException(
          "tensor %s: %s strides, expected %s"
              .formatted(name, view.strides().size(), shape.rank()));
    }
    long last = last(view);
    if (view.offset() < 0 || (shape.size() > 0 && last >= stored) || shape.size() > stored) {
      throw new IllegalArgumentException(
          "tensor %s: shape %s from element %s needs %s elements, its storage has %s"
              .formatted(name, shape, view.offset(), Math.max(last + 1, shape.size()), stored));
    }
    if (contiguous(shape, view.strides())) {
      return Tensors.of(
          shape,
          type,
          data.asSlice(
              shape.size() == 0 ? 0 : view.offset() * type.bytes, shape.size() * type.bytes));
    }
    float[] values = new float[shape.intSize()];
    for (int i = 0; i < values.length; i++) {
      long rest = i;
      long at = view.offset();
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        long extent = shape.dimensions().get(axis);
        at += rest % extent * view.strides().get(axis);
        rest /= extent;
      }
      values[i] = type.read(data, at);
    }
    return Tensor.of(shape, values);
  }

  /** Returns the highest element of the storage that the view touches. */
  private static long last(TorchValue.TensorView view) {
    long last = view.offset();
    for (int axis = 0; axis < view.shape().size(); axis++) {
      long stride = view.strides().get(axis);
      if (stride < 0) {
        throw new IllegalArgumentException("tensor with a negative stride " + stride);
      }
      long steps = Math.max(0, view.shape().get(axis) - 1);
      last = Math.addExact(last, Math.multiplyExact(steps, stride));
    }
    return last;
  }

  private static boolean contiguous(Shape shape, List<Long> strides) {
    long expected = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long extent = shape.dimensions().get(axis);
      if (extent != 1 && strides.get(axis) != expected) {
        return shape.size() == 0;
      }
      expected *= extent;
    }
    return true;
  }
}
