package org.trm4j.cli.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 */
record CurveTable(String heading, String title, String device, List<CurvePoint> points) {

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
  SortedMap<Integer, List<CurvePoint>> along(CurvePoint.Axis axis) {
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
    for (CurvePoint.Axis axis : CurvePoint.Axis.values()) {
      lines.add(
          "%-9s %-24s %-24s %12s %12s"
              .formatted(
                  axis.name().toLowerCase(Locale.ROOT),
                  "exact",
                  "verified",
                  "steps taken",
                  "s a puzzle"));
      along(axis)
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
    return lines;
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
    lines.add("axis,value,seed,exact,verified,stepsPerPuzzle,secondsPerPuzzle");
    for (CurvePoint point : points) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%.6f,%.6f,%.4f,%.6f",
              point.axis().name().toLowerCase(Locale.ROOT),
              point.value(),
              point.seed(),
              point.exact(),
              point.verified(),
              point.stepsPerPuzzle(),
              point.secondsPerPuzzle()));
    }
    return lines;
  }
}
