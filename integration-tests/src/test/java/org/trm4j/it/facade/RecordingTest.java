package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.OpenOptions;
import org.trm4j.SolveOptions;
import org.trm4j.SolveStoppedException;
import org.trm4j.TrmModel;

/** Flight Recorder sees what the library does. */
class RecordingTest {
  private static final SolveOptions STEPS =
      SolveOptions.DEFAULT.withMaxSteps(3).withHalting(progress -> false);

  @TempDir private Path folder;

  private List<RecordedEvent> recorded(String name, boolean everyStep, Runnable work)
      throws IOException {
    Path file = folder.resolve("r.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(name);
      if (everyStep) {
        recording.enable(name).withThreshold(Duration.ZERO);
      }
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> own = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals(name)) {
        assertThat(event.getStackTrace()).as("a stack trace costs and tells nothing").isNull();
        assertThat(event.getEventType().getCategoryNames()).containsExactly("TRM for Java");
        own.add(event);
      }
    }
    return own;
  }

  private static TrmModel open() {
    return TrmModel.open(
        Models.sudoku(), OpenOptions.DEFAULT.withBackend("cpu-scalar").withThreads(1));
  }

  @Test
  void seesTheBackendAndTheModel() throws IOException {
    List<RecordedEvent> backend = recorded("org.trm4j.BackendChoice", false, () -> open().close());
    assertThat(backend).hasSize(1);
    assertThat(backend.getFirst().getString("backend")).isEqualTo("cpu-scalar");
    assertThat(backend.getFirst().getString("device")).startsWith("cpu-scalar");
    assertThat(backend.getFirst().getString("passedOver")).isEmpty();
    List<RecordedEvent> load = recorded("org.trm4j.ModelLoad", false, () -> open().close());
    assertThat(load).hasSize(1);
    assertThat(load.getFirst().getString("recursion")).startsWith("trm(");
    assertThat(load.getFirst().getString("domain")).isEqualTo("sudoku");
    assertThat(load.getFirst().getLong("parameters"))
        .isEqualTo(
            Models.sudoku().description().plan().parameters().stream()
                .mapToLong(parameter -> parameter.shape().size())
                .sum());
  }

  @Test
  void seesSolvesThatReturnAndThatFail() throws IOException {
    List<RecordedEvent> events =
        recorded(
            "org.trm4j.Solve",
            false,
            () -> {
              try (TrmModel model = open()) {
                model.solve(Models.PUZZLE, STEPS);
                model.solveAll(model.parseAll(List.of(Models.PUZZLE, Models.PUZZLE)), STEPS);
                assertThatThrownBy(() -> model.solve(Models.PUZZLE, STEPS.withStop(() -> true)))
                    .isInstanceOf(SolveStoppedException.class);
              }
            });
    assertThat(events).hasSize(3);
    RecordedEvent one = events.get(0);
    assertThat(one.getInt("slots")).isEqualTo(1);
    assertThat(one.getLong("answers")).isEqualTo(1);
    assertThat(one.getLong("supervisionSteps")).isEqualTo(3);
    assertThat(one.getDuration("queueTime")).isBetween(Duration.ZERO, one.getDuration());
    assertThat(one.getString("failure")).isEmpty();
    assertThat(events.get(1).getLong("answers")).isEqualTo(2);
    assertThat(events.get(1).getLong("supervisionSteps")).isEqualTo(6);
    assertThat(events.get(2).getLong("answers")).isZero();
    assertThat(events.get(2).getString("failure")).contains("it was asked to stop");
  }

  @Test
  void seesSupervisionStepsFromAThresholdOn() throws IOException {
    Runnable solve =
        () -> {
          try (TrmModel model = open()) {
            model.solve(Models.PUZZLE, STEPS);
          }
        };
    List<RecordedEvent> steps = recorded("org.trm4j.SupervisionStep", true, solve);
    assertThat(steps).hasSize(3).allMatch(event -> event.getBoolean("done"));
    assertThat(
            FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().equals("org.trm4j.SupervisionStep"))
                .flatMap(type -> type.getSettingDescriptors().stream())
                .filter(setting -> setting.getName().equals("threshold"))
                .map(setting -> setting.getDefaultValue()))
        .containsExactly("10 ms");
  }
}
