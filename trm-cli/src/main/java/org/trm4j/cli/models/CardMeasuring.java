package org.trm4j.cli.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.TrmModel;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.frontend.DataText;
import org.trm4j.pretrained.PretrainedDescription;
import org.trm4j.training.measure.Calibration;
import org.trm4j.training.measure.ComputeCurve;
import org.trm4j.training.measure.CurvePoint;
import org.trm4j.training.measure.EvaluationData;
import org.trm4j.training.measure.Recount;

/** Counts and measures with one open model what its card says. */
final class CardMeasuring {
  private static final long SEED = 1;
  private static final int BATCH = 32;

  private final TrmModel model;
  private final @Nullable TrmModel untrained;
  private final CardPlan plan;
  private final StopCheck stop;
  private final StatusLine status;

  /**
   * Takes the model.
   *
   * @param untrained the same network before training; null if the plan has no puzzles for it
   */
  CardMeasuring(
      TrmModel model,
      @Nullable TrmModel untrained,
      CardPlan plan,
      StopCheck stop,
      StatusLine status) {
    this.model = model;
    this.untrained = untrained;
    this.plan = plan;
    this.stop = stop;
    this.status = status;
  }

  private void progress(String part, int done) {
    stop.check();
    status.showSometimes(() -> "%s: %s".formatted(part, StatusLine.puzzles(done)));
  }

  List<PretrainedDescription.Result> results(Console console) {
    List<PretrainedDescription.Result> results = new ArrayList<>();
    plan.results()
        .forEach((id, data) -> {
          try (Dataset dataset = DataText.open(data)) {
            results.add(
                Recount.count(
                    model, id, data, dataset, plan.resultAttempts(), done -> progress(id, done)));
          }
        });
    // The list of models shows the first: that of most puzzles.
    results.sort((a, b) -> Integer.compare(b.puzzles(), a.puzzles()));
    status.clear();
    results.forEach(result ->
        console.line(
            "%s: %s of %s solved".formatted(result.id(), result.solved(), result.puzzles())));
    return results;
  }

  /**
   * Measures a row.
   *
   * @param puzzles how many of the data; 0 for all
   */
  CardRow row(String title, String data, int puzzles, Calibration calibration) {
    try (Dataset dataset = EvaluationData.open(DataText.locate(data), model.description())) {
      String split = EvaluationData.split(dataset);
      ExampleSource source = model.fit(dataset).of(dataset.split(split));
      int count = puzzles == 0 ? source.size() : Math.min(puzzles, source.size());
      int limit = model.usualSteps();
      List<CurvePoint> points =
          curve(limit, plan.attempts())
              .measure(
                  model,
                  source,
                  count,
                  SEED,
                  calibration,
                  (part, done) -> progress("%s, %s".formatted(title, part), done));
      int few = Math.min(count, plan.untrained());
      CurvePoint before =
          untrained == null
              ? null
              : curve(limit, List.of(Collections.max(plan.attempts())))
                  .measure(
                      untrained,
                      source,
                      few,
                      SEED,
                      new Calibration(),
                      (part, done) -> progress("%s, untrained, %s".formatted(title, part), done))
                  .getLast();
      status.clear();
      return new CardRow(
          title,
          count,
          along(points, CurvePoint.Axis.STEPS),
          along(points, CurvePoint.Axis.ATTEMPTS),
          before,
          few);
    }
  }

  private ComputeCurve curve(int limit, List<Integer> attempts) {
    return new ComputeCurve(limit, limit, attempts, Attempts.usual(model, 1), BATCH);
  }

  private static List<CurvePoint> along(List<CurvePoint> points, CurvePoint.Axis axis) {
    return points.stream().filter(point -> point.axis() == axis).toList();
  }
}
