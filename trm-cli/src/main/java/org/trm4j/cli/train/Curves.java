package org.trm4j.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.trm4j.training.json.Json;
import tools.jackson.databind.JsonNode;

/** Loss and accuracy of a run, also of one that was resumed, drawn from its metrics. */
final class Curves {
  private final SortedMap<Double, Double> losses = new TreeMap<>();
  private final SortedMap<Double, Double> training = new TreeMap<>();
  private final SortedMap<Double, Double> heldOut = new TreeMap<>();

  private Curves() {}

  /** Reads {@code metrics.jsonl}. */
  static Curves read(Path metrics) throws IOException {
    Curves curves = new Curves();
    for (String line : Files.readAllLines(metrics)) {
      JsonNode entry = Json.mapper().readTree(line);
      double step = entry.path("step").asDouble(0);
      switch (entry.path("event").asString("")) {
        case "train" -> {
          put(curves.losses, step, entry.path("progress").path("loss"), 1);
          JsonNode halted = entry.path("progress").path("halted");
          put(curves.training, step, halted.path("exactAccuracy"), 100);
        }
        case "evaluation" -> put(curves.heldOut, step, entry.path("exactAccuracy"), 100);
        default -> {}
      }
    }
    return curves;
  }

  private static void put(SortedMap<Double, Double> curve, double step, JsonNode y, double scale) {
    if (y.isNumber()) {
      curve.put(step, scale * y.asDouble());
    }
  }

  /** Writes a PNG. */
  void draw(String title, Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(500)
            .title(title)
            .xAxisTitle("training step")
            .build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setMarkerSize(4);
    chart.setYAxisGroupTitle(0, "loss");
    chart.setYAxisGroupTitle(1, "puzzles solved exactly, %");
    chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    chart.getStyler().setYAxisMin(0, 0.0);
    chart.getStyler().setYAxisMin(1, 0.0).setYAxisMax(1, 100.0);
    series(chart, "loss", losses, 0);
    series(chart, "training, at halting", training, 1);
    series(chart, "held-out, averaged weights", heldOut, 1);
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static void series(
      XYChart chart, String name, SortedMap<Double, Double> curve, int axis) {
    if (!curve.isEmpty()) {
      chart
          .addSeries(name, List.copyOf(curve.keySet()), List.copyOf(curve.values()))
          .setYAxisGroup(axis);
    }
  }
}
