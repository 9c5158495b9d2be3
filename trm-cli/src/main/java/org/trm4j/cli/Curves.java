package org.trm4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.trm4j.training.EvaluationReport;
import org.trm4j.training.HaltedFigures;
import org.trm4j.training.TrainingListener;
import org.trm4j.training.TrainingProgress;

/** Collects loss and accuracy and draws them. */
final class Curves implements TrainingListener {
  private final List<Double> steps = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> trainingSteps = new ArrayList<>();
  private final List<Double> trainingExact = new ArrayList<>();
  private final List<Double> testSteps = new ArrayList<>();
  private final List<Double> testExact = new ArrayList<>();

  @Override
  public void progressed(TrainingProgress progress) {
    steps.add((double) progress.step());
    losses.add(progress.loss());
    HaltedFigures halted = progress.halted();
    if (halted != null) {
      trainingSteps.add((double) progress.step());
      trainingExact.add(100 * halted.exactAccuracy());
    }
  }

  @Override
  public void evaluated(long step, EvaluationReport report) {
    testSteps.add((double) step);
    testExact.add(100 * report.exactAccuracy());
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
    series(chart, "loss", steps, losses, 0);
    series(chart, "training, at halting", trainingSteps, trainingExact, 1);
    series(chart, "held-out, averaged weights", testSteps, testExact, 1);
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static void series(XYChart chart, String name, List<Double> x, List<Double> y, int axis) {
    if (!x.isEmpty()) {
      chart.addSeries(name, x, y).setYAxisGroup(axis);
    }
  }
}
