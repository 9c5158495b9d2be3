package org.trm4j.cli.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.trm4j.training.measure.CurvePoint;

/**
 * A curve with its spread over seeds.
 *
 * @param heading of the picture, short
 * @param title what was measured
 * @param device what it was measured on
 * @param points of all seeds
 * @param untrained those of the same network before training; empty if it was not measured
 */
record CurveTable(
    String heading,
    String title,
    String device,
    List<CurvePoint> points,
    List<CurvePoint> untrained) {

  /** Mean over seeds, and the lowest and highest of them. */
  record Spread(double mean, double low, double high) {
    static Spread of(List<CurvePoint> points, ToDoubleFunction<CurvePoint> figure) {
      double[] values = points.stream().mapToDouble(figure).sorted().toArray();
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return new Spread(sum / values.length, values[0], values[values.length - 1]);
    }
  }

  /** Returns the points of one axis by value; those of all seeds in a list. */
  static SortedMap<Integer, List<CurvePoint>> along(List<CurvePoint> points, CurvePoint.Axis axis) {
    SortedMap<Integer, List<CurvePoint>> found = new TreeMap<>();
    for (CurvePoint point : points) {
      if (point.axis() == axis) {
        found.computeIfAbsent(point.value(), value -> new ArrayList<>()).add(point);
      }
    }
    return found;
  }

  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(title + ", on " + device);
    add(points, lines);
    if (!untrained.isEmpty()) {
      lines.add("the same network before training");
      add(untrained, lines);
    }
    return lines;
  }

  private static void add(List<CurvePoint> points, List<String> lines) {
    for (CurvePoint.Axis axis : CurvePoint.Axis.values()) {
      lines.add(
          "%-9s %-24s %-24s %12s %12s"
              .formatted(
                  axis.name().toLowerCase(Locale.ROOT),
                  "exact",
                  "verified",
                  "steps taken",
                  "s a puzzle"));
      along(points, axis)
          .forEach((value, same) ->
              lines.add(
                  String.format(
                      Locale.ROOT,
                      "%-9s %-24s %-24s %12.2f %12.4f",
                      value,
                      percent(Spread.of(same, CurvePoint::exact)),
                      percent(Spread.of(same, CurvePoint::verified)),
                      Spread.of(same, CurvePoint::stepsPerPuzzle).mean(),
                      Spread.of(same, CurvePoint::secondsPerPuzzle).mean())));
    }
  }

  /** Returns the points, as JSON prints them. */
  Object json() {
    return untrained.isEmpty() ? points : Map.of("trained", points, "untrained", untrained);
  }

  private static String percent(Spread spread) {
    return String.format(
        Locale.ROOT,
        "%.2f%% (%.2f to %.2f)",
        100 * spread.mean(),
        100 * spread.low(),
        100 * spread.high());
  }

  List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add("network,axis,value,seed,exact,verified,stepsPerPuzzle,secondsPerPuzzle");
    points.forEach(point -> lines.add(csv("trained", point)));
    untrained.forEach(point -> lines.add(csv("untrained", point)));
    return lines;
  }

  private static String csv(String network, CurvePoint point) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s,%.6f,%.6f,%.4f,%.6f",
        network,
        point.axis().name().toLowerCase(Locale.ROOT),
        point.value(),
        point.seed(),
        point.exact(),
        point.verified(),
        point.stepsPerPuzzle(),
        point.secondsPerPuzzle());
  }
}
