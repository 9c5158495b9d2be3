package org.trm4j.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.trm4j.training.ablation.AblationRow;
import org.trm4j.training.ablation.AblationTable;

/** Draws an ablation: a bar of the mean accuracy for each policy, with its standard deviation. */
final class AblationChart {
  private AblationChart() {}

  /** Writes a PNG. */
  static void draw(AblationTable table, Path file) throws IOException {
    List<String> names = table.rows().stream().map(AblationRow::policy).toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Math.max(700, 140 * names.size()))
            .height(500)
            .title(table.title())
            .yAxisTitle("held-out puzzles solved exactly, %")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    chart.getStyler().setChartTitleFont(chart.getStyler().getAxisTitleFont());
    chart.addSeries(
        "mean",
        names,
        table.rows().stream().map(row -> 100 * row.exact().getAverage()).toList(),
        table.rows().stream().map(row -> 100 * row.exactDeviation()).toList());
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }
}
