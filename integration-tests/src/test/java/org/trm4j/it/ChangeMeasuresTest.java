package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Attempts;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.Progress;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;

/** What a solve measures on every backend, against the definitions on the oracle's own values. */
class ChangeMeasuresTest {
  private static final int STEPS = 5;
  private static final int CELLS = 6;
  private static final int[] TOKENS = {1, 2, 0, 3, 4, 0};

  private static SavedModel model() {
    ModelConfig config =
        ModelConfig.builder().hidden(8, 2).tokens(CELLS, 5).puzzleEmbedding(8, 1, 2).build();
    ModelDescription description =
        new ModelDescription(config, "trm-multi-z", Map.of("T", 2, "n", 2), "", Map.of());
    return new SavedModel(
        description, ParameterInitializer.initialize(description.plan().parameters(), 5), Map.of());
  }

  @ParameterizedTest
  @CsvSource({"reference, 1e-6", "cpu-scalar, 1e-3", "cpu-vector, 1e-3"})
  void bothChangesAreWhatTheirDefinitionsSay(String id, double tolerance) {
    List<double[]> seen = new ArrayList<>();
    HaltingPolicy policy =
        HaltingPolicy.reading(
            Set.of(Progress.Change.STATE, Progress.Change.LOGITS),
            progress -> {
              seen.add(
                  new double[] {
                    progress.change(Progress.Change.STATE), progress.change(Progress.Change.LOGITS)
                  });
              return false;
            });
    try (TrmModel model = TrmModel.open(model(), id, id.equals("reference") ? 0 : 2)) {
      model.solve(
          new Puzzle(TOKENS, 1),
          SolveOptions.DEFAULT
              .withMaxSteps(STEPS)
              .withHalting(policy)
              .withDrafts(false)
              .withAttempts(Attempts.ONE.withWindow(2)));
    }
    List<double[]> expected = expected();
    assertThat(seen).hasSize(STEPS);
    for (int i = 0; i < STEPS; i++) {
      for (int c = 0; c < 2; c++) {
        double e = expected.get(i)[c];
        if (Double.isInfinite(e)) {
          assertThat(seen.get(i)[c]).isEqualTo(e);
        } else {
          assertThat(seen.get(i)[c]).as("%s %s", i, c).isCloseTo(e, within(e * tolerance));
          assertThat(e).isPositive();
        }
      }
    }
  }

  private static List<double[]> expected() {
    List<double[]> all = new ArrayList<>();
    SavedModel saved = model();
    Plan plan = saved.description().plan();
    try (Backend oracle = Trm.standard().backend("reference", 0);
        LoadedModel loaded = oracle.load(plan, saved.parameters());
        InferenceSession session = loaded.open(1)) {
      session.start(0, TOKENS, 1);
      List<float[]> states = states(session, plan);
      List<float[]> logits = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        session.step();
        List<float[]> next = states(session, plan);
        double difference = 0;
        double size = 0;
        for (int k = 0; k < next.size(); k++) {
          difference += squares(next.get(k), states.get(k), 0, next.get(k).length);
          size += squares(next.get(k), new float[next.get(k).length], 0, next.get(k).length);
        }
        states = next;
        float[] now = new float[plan.logits().shape().intSize()];
        session.logits(0, now);
        logits.add(now);
        double sum = 0;
        int from = Math.max(1, step - 1);
        for (int i = from; i <= step; i++) {
          for (int cell = 0; cell < CELLS; cell++) {
            sum += Math.sqrt(squares(logits.get(i), logits.get(i - 1), cell * 5, 5)) / CELLS;
          }
        }
        double mean = step == 0 ? Double.POSITIVE_INFINITY : sum / (step - from + 1);
        all.add(new double[] {Math.sqrt(difference / size), mean});
      }
    }
    return all;
  }

  private static List<float[]> states(InferenceSession session, Plan plan) {
    List<float[]> states = new ArrayList<>();
    plan.states().stream()
        .filter(state -> !state.constant())
        .forEach(state -> {
          float[] values = new float[state.shape().intSize()];
          session.state(state.name(), 0, values);
          states.add(values);
        });
    return states;
  }

  private static double squares(float[] a, float[] b, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return sum;
  }
}
