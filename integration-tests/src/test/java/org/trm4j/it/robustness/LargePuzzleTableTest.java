package org.trm4j.it.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.run.TrainerFactory;

/** A puzzle embedding of many rows is written and evaluated from where it lies. */
class LargePuzzleTableTest {
  private static final int ROWS = 150_000;
  private static final int WIDTH = 32;
  private static final long BYTES = 4L * ROWS * WIDTH;

  @TempDir private Path folder;

  private static final class Allocation implements TrainingListener {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final TreeMap<String, Long> most = new TreeMap<>();
    private long before;

    private void mark() {
      before = threads.getCurrentThreadAllocatedBytes();
    }

    private void took(String what) {
      most.merge(what, threads.getCurrentThreadAllocatedBytes() - before, Math::max);
      mark();
    }

    @Override
    public void stepped(long step) {
      mark();
    }

    @Override
    public void saved(long step, Path run) {
      took("save");
    }

    @Override
    public void evaluated(long step, EvaluationReport report) {
      took("evaluation");
    }
  }

  private static Dataset withIdentifiers(Dataset dataset) {
    return (Dataset)
        Proxy.newProxyInstance(
            Dataset.class.getClassLoader(),
            new Class<?>[] {Dataset.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("puzzleIdentifiers")) {
                return ROWS;
              }
              if (method.getName().equals("identifierNames")) {
                return List.of();
              }
              try {
                return method.invoke(dataset, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void isNeverCopiedAfterTheStart() {
    TrainingConfig config =
        SettingsText.with(
            TrainingConfigs.recipe("demo"),
            List.of(
                "hiddenSize=16",
                "numHeads=2",
                "puzzleEmbDim=" + WIDTH,
                "recursion.arguments.layers=1",
                "data.options.train=16",
                "data.options.test=4",
                "run.steps=4",
                "run.batch=2",
                "run.evaluateEvery=2",
                "run.checkpointEvery=1",
                "halting.maxSteps=2"));
    Path run = folder.resolve("run");
    Allocation allocation = new Allocation();
    try (Dataset dataset = withIdentifiers(config.data().open());
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of(allocation)).start(config, dataset, backend, run).run();
    }
    assertThat(allocation.most).containsOnlyKeys("save", "evaluation");
    assertThat(allocation.most.values())
        .as("bytes, of a table of %,d: %s", BYTES, allocation.most)
        .allSatisfy(bytes -> assertThat(bytes).isLessThan(BYTES / 2));
    // What was written is the table with the rows that training changed.
    Tensor last =
        ModelFiles.read(RunFolder.open(run).modelFile())
            .parameters()
            .get(ParameterLayout.PUZZLE_EMBEDDING);
    Tensor state =
        ResumeState.read(RunFolder.open(run).resumeFile())
            .weights()
            .get(ParameterLayout.PUZZLE_EMBEDDING);
    assertThat(last.shape().dimensions()).containsExactly((long) ROWS, (long) WIDTH);
    assertThat(last.data().mismatch(state.data())).isEqualTo(-1);
    assertThat(last.firstNotFinite()).isEqualTo(-1);
    assertThat(Files.exists(RunFolder.open(run).bestFile())).isTrue();
  }

  /** As deduction and the recipe sudoku-9: there is no table to write to. */
  @Test
  void aModelWithoutATableTrains() {
    TrainingConfig config =
        SettingsText.with(
            TrainingConfigs.recipe("demo"),
            List.of(
                "hiddenSize=8",
                "numHeads=2",
                "puzzleEmbDim=0",
                "puzzleEmbLen=0",
                "recursion.arguments.layers=1",
                "data.options.train=16",
                "data.options.test=4",
                "run.steps=3",
                "run.batch=2",
                "run.evaluateEvery=-1"));
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      Path run = folder.resolve("none");
      assertThat(new TrainerFactory(Set.of()).start(config, dataset, backend, run).run().step())
          .isEqualTo(3);
    }
  }
}
