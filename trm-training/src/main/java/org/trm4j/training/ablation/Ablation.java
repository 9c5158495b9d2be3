package org.trm4j.training.ablation;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.plan.Plan;
import org.trm4j.plan.count.FlopCounter;
import org.trm4j.task.ParameterLayout;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.json.Json;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;
import tools.jackson.core.JacksonException;

/**
 * Trains every contender with every seed on the same data, and compares them. A run folder with the
 * same run is reused if it has finished, and resumed if it was interrupted.
 *
 * @param config the configuration that all share
 * @param contenders the recursions
 * @param seeds one run each
 * @param budget of each run
 * @param folder where the run folders go
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Ablation(
    TrainingConfig config,
    List<Contender> contenders,
    List<Long> seeds,
    Budget budget,
    Path folder) {
  private static final String OUTCOME = "ablation-run.json";

  /** Copies the lists; refuses empty ones. */
  public Ablation {
    contenders = List.copyOf(contenders);
    seeds = List.copyOf(seeds);
    if (contenders.isEmpty() || seeds.isEmpty()) {
      throw new TrainingException(
          "ablation: %s policies and %s seeds, expected at least one of each"
              .formatted(contenders.size(), seeds.size()));
    }
  }

  /** Called with each trainer before it runs, such as to stop it on Ctrl-C. */
  @FunctionalInterface
  public interface Runner {
    /** Runs a trainer and returns its result. */
    TrainingResult run(Trainer trainer);
  }

  /**
   * Trains the runs that have not been trained yet.
   *
   * @return the table, of the runs that ended; without rows that have none if a run was stopped
   */
  public AblationTable run(
      TrainerFactory factory, Dataset dataset, Backend backend, Runner runner) {
    List<AblationRow> rows = new ArrayList<>();
    for (Contender contender : contenders) {
      List<AblationRun> runs = new ArrayList<>();
      boolean stopped = false;
      Plan plan = with(contender, 0, 1).describe(dataset).plan();
      long steps = budget.steps(plan, config.run().batch());
      for (long seed : seeds) {
        AblationRun run =
            run(factory, dataset, backend, runner, contender.title(), with(contender, seed, steps));
        stopped = run == null;
        if (run == null) {
          break;
        }
        runs.add(run);
      }
      if (!runs.isEmpty()) {
        rows.add(row(contender, plan, runs));
      }
      if (stopped) {
        break;
      }
    }
    return new AblationTable(
        "%s, %s, batch %s, seeds %s".formatted(config.name(), budget, config.run().batch(), seeds),
        rows);
  }

  private static AblationRow row(Contender contender, Plan plan, List<AblationRun> runs) {
    return new AblationRow(
        contender.title(),
        ParameterLayout.trainedCount(plan.parameters(), false),
        contender.program().effectiveDepth(),
        contender.program().continueTarget() ? 2 : 1,
        FlopCounter.count(plan.training()) / 1e9,
        runs);
  }

  private TrainingConfig with(Contender contender, long seed, long steps) {
    return config.toBuilder()
        .recursion(contender.settings().policy(), contender.settings().arguments())
        .seed(seed)
        .steps(steps)
        .build();
  }

  private @Nullable AblationRun run(
      TrainerFactory factory,
      Dataset dataset,
      Backend backend,
      Runner runner,
      String title,
      TrainingConfig wanted) {
    Path own =
        folder.resolve(title.replaceAll("[^A-Za-z0-9=.-]+", "_") + "-seed" + wanted.run().seed());
    Path outcome = own.resolve(OUTCOME);
    boolean begun =
        Files.exists(new RunFolder(own).resumeFile())
            && RunFolder.open(own).config().equals(TrainerFactory.kept(wanted, dataset));
    if (begun && Files.exists(outcome)) {
      return read(outcome);
    }
    TrainingResult result =
        runner.run(
            begun
                ? factory.resume(own, dataset, backend)
                : factory.start(wanted, dataset, backend, own));
    if (result.stopped()) {
      return null;
    }
    EvaluationReport report = result.lastEvaluation().orElseThrow();
    AblationRun run =
        new AblationRun(
            title,
            wanted.run().seed(),
            result.step(),
            report.exactAccuracy(),
            report.tokenAccuracy(),
            result.step() * wanted.run().batch() / result.seconds(),
            result.seconds());
    try {
      byte[] json = (Json.mapper().writeValueAsString(run) + "\n").getBytes(StandardCharsets.UTF_8);
      DurableFile.replace(outcome, channel -> Channels.newOutputStream(channel).write(json));
    } catch (IOException e) {
      throw new TrainingException("%s: cannot be written: %s".formatted(outcome, e), e);
    }
    return run;
  }

  private static AblationRun read(Path outcome) {
    try {
      return Json.mapper().readValue(Files.readString(outcome), AblationRun.class);
    } catch (IOException | JacksonException e) {
      throw new TrainingException("%s: cannot be read: %s".formatted(outcome, e.getMessage()), e);
    }
  }
}
