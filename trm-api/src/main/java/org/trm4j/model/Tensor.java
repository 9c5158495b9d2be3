package org.trm4j.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.apiguardian.api.API;

/**
 * A host tensor of 32-bit floats, row-major, little-endian, in a memory segment that may be a
 * mapped file.
 *
 * <p>Tensors are read-only by convention: nobody writes to one after passing it on.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Tensor {
  /** The element layout: little-endian float without alignment. */
  public static final ValueLayout.OfFloat ELEMENT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Shape shape;
  private final MemorySegment data;

  private Tensor(Shape shape, MemorySegment data) {
    this.shape = shape;
    this.data = data;
  }

  /** Wraps a segment of four bytes per element. */
  public static Tensor of(Shape shape, MemorySegment data) {
    if (data.byteSize() != Math.multiplyExact(shape.size(), 4L)) {
      throw new IllegalArgumentException(
          "tensor: shape %s needs %s bytes, found %s"
              .formatted(shape, Math.multiplyExact(shape.size(), 4L), data.byteSize()));
    }
    return new Tensor(shape, data);
  }

  /** Wraps an array without copying on little-endian machines. */
  public static Tensor of(Shape shape, float... values) {
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      return of(shape, MemorySegment.ofArray(values));
    }
    MemorySegment copy = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, 4)]);
    MemorySegment.copy(values, 0, copy, ELEMENT, 0, values.length);
    return of(shape, copy);
  }

  /** Returns the shape. */
  public Shape shape() {
    return shape;
  }

  /** Returns the elements as a segment, read-only. */
  public MemorySegment data() {
    return data.asReadOnly();
  }

  /** Returns element {@code index} of the flattened tensor. */
  public float get(long index) {
    return data.get(ELEMENT, index * 4);
  }

  /** Returns the flat index of the first element that is NaN or infinite, or -1. */
  public long firstNotFinite() {
    long count = data.byteSize() / 4;
    for (long index = 0; index < count; index++) {
      // False for NaN too.
      if (!(Math.abs(data.get(ELEMENT, index * 4)) <= Float.MAX_VALUE)) {
        return index;
      }
    }
    return -1;
  }

  /** Copies all elements into a new array. */
  public float[] toArray() {
    float[] array = new float[shape.intSize()];
    copyTo(0, array, 0, array.length);
    return array;
  }

  /**
   * Copies {@code count} elements from flat index {@code from} into {@code target} at {@code
   * offset}.
   */
  public void copyTo(long from, float[] target, int offset, int count) {
    MemorySegment.copy(data, ELEMENT, from * 4, target, offset, count);
  }

  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}
