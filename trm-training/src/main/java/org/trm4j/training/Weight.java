package org.trm4j.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * A weight as a function of the training step: linear between given points, constant before the
 * first and after the last.
 *
 * @param points at least one, by step
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Weight(List<Point> points) {
  /** The weight 1 at every step. */
  public static final Weight ONE = constant(1);

  /**
   * The weight at one step.
   *
   * @param step at least 0
   * @param value at least 0
   */
  public record Point(long step, double value) {
    /** Checks the ranges. */
    public Point {
      if (step < 0 || !(value >= 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "weight: %s at step %s, expected a number of at least 0 at a step of at least 0"
                .formatted(value, step));
      }
    }
  }

  /** Sorts the points and checks that no step comes twice. */
  public Weight {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("weight: no points, expected at least one");
    }
    points = points.stream().sorted(Comparator.comparingLong(Point::step)).toList();
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i - 1).step() == points.get(i).step()) {
        throw new IllegalArgumentException("weight: step %s twice".formatted(points.get(i).step()));
      }
    }
  }

  /** Returns a weight that never changes. */
  public static Weight constant(double value) {
    return new Weight(List.of(new Point(0, value)));
  }

  /** Returns a weight that goes linearly from one value to another between two steps. */
  public static Weight linear(long fromStep, double from, long toStep, double to) {
    return new Weight(List.of(new Point(fromStep, from), new Point(toStep, to)));
  }

  /** Returns the weight at a training step. */
  public double at(long step) {
    Point before = points.getFirst();
    for (Point point : points) {
      if (step <= point.step()) {
        if (point.step() == before.step()) {
          return point.value();
        }
        double share = (double) (step - before.step()) / (point.step() - before.step());
        return before.value() * (1 - share) + point.value() * share;
      }
      before = point;
    }
    return before.value();
  }

  /** Returns what {@link #parse} reads. */
  @Override
  public String toString() {
    return points.size() == 1
        ? number(points.getFirst().value())
        : points.stream()
            .map(point -> point.step() + ":" + number(point.value()))
            .collect(Collectors.joining(","));
  }

  private static String number(double value) {
    return value == Math.rint(value) && value < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  /**
   * Reads a weight.
   *
   * @param text a number, or points such as {@code 0:1,10000:0.2}
   */
  public static Weight parse(String text) {
    List<Point> points = new ArrayList<>();
    try {
      for (String point : text.split(",", -1)) {
        int colon = point.indexOf(':');
        long step = colon < 0 ? 0 : Long.parseLong(point.substring(0, colon).strip());
        points.add(new Point(step, Double.parseDouble(point.substring(colon + 1).strip())));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "weight: '%s', expected a number, or STEP:WEIGHT,... such as 0:1,10000:0.2"
              .formatted(text),
          e);
    }
    return new Weight(points);
  }
}
