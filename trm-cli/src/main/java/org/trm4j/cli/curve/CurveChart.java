package org.trm4j.cli.curve;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.trm4j.training.measure.CurvePoint;

/** Draws a curve in three pictures side by side: over steps, attempts and seconds. */
final class CurveChart {
  private CurveChart() {}

  /** Writes a PNG; bars reach from the lowest to the highest seed. */
  static void draw(CurveTable table, Path file) throws IOException {
    List<CurvePoint> points = table.points();
    XYChart steps = chart("supervision steps", "puzzles, %");
    CurvePoint.Axis axis = CurvePoint.Axis.STEPS;
    add(steps, points, axis, "exact", CurvePoint::value, CurvePoint::exact);
    add(steps, points, axis, "verified so far", CurvePoint::value, CurvePoint::verified);
    XYChart attempts = chart("attempts", "");
    attempts.setTitle(table.heading());
    axis = CurvePoint.Axis.ATTEMPTS;
    add(attempts, points, axis, "exact", CurvePoint::value, CurvePoint::exact);
    add(attempts, points, axis, "verified", CurvePoint::value, CurvePoint::verified);
    if (!table.untrained().isEmpty()) {
      add(
          attempts,
          table.untrained(),
          axis,
          "verified, untrained",
          CurvePoint::value,
          CurvePoint::verified);
    }
    XYChart seconds = chart("milliseconds a puzzle", "");
    ToDoubleFunction<CurvePoint> time = point -> 1e3 * point.secondsPerPuzzle();
    add(
        seconds,
        points,
        CurvePoint.Axis.STEPS,
        "one attempt, fixed steps",
        time,
        CurvePoint::exact);
    add(
        seconds,
        points,
        CurvePoint.Axis.ATTEMPTS,
        "attempts until verified",
        time,
        CurvePoint::exact);
    seconds.getStyler().setXAxisLogarithmic(true);
    BitmapEncoder.saveBitmap(
        List.of(steps, attempts, seconds), 1, 3, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static XYChart chart(String x, String y) {
    XYChart chart = new XYChartBuilder().width(420).height(400).xAxisTitle(x).yAxisTitle(y).build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setMarkerSize(4);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    chart.getStyler().setChartTitleFont(chart.getStyler().getAxisTitleFont());
    return chart;
  }

  private static void add(
      XYChart chart,
      List<CurvePoint> points,
      CurvePoint.Axis axis,
      String name,
      ToDoubleFunction<CurvePoint> x,
      ToDoubleFunction<CurvePoint> y) {
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    List<Double> bars = new ArrayList<>();
    CurveTable.along(points, axis)
        .forEach((value, same) -> {
          CurveTable.Spread spread = CurveTable.Spread.of(same, y);
          xs.add(CurveTable.Spread.of(same, x).mean());
          ys.add(100 * spread.mean());
          bars.add(50 * (spread.high() - spread.low()));
        });
    chart.addSeries(name, xs, ys, bars);
  }
}
