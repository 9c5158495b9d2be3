package org.trm4j.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * The extents of a tensor, outermost first.
 *
 * @param dimensions each at least 0; empty for a scalar
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Shape(List<Long> dimensions) {

  /** Copies and checks the extents. */
  public Shape {
    dimensions = List.copyOf(dimensions);
    long size = 1;
    for (long d : dimensions) {
      if (d < 0) {
        throw new IllegalArgumentException("shape " + dimensions + ": expected extents >= 0");
      }
      size = Math.multiplyExact(size, d);
    }
  }

  /** Returns the shape with these extents. */
  public static Shape of(long... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** Returns the number of elements. */
  public long size() {
    return dimensions.stream().reduce(1L, Math::multiplyExact);
  }

  /** Returns the number of elements as an int; throws ArithmeticException when it does not fit. */
  public int intSize() {
    return Math.toIntExact(size());
  }

  /** Returns the number of extents. */
  public int rank() {
    return dimensions.size();
  }

  /** Returns extent {@code axis} as an int. */
  public int dim(int axis) {
    return Math.toIntExact(dimensions.get(axis));
  }

  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
