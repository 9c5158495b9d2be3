package org.trm4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.ModelFit;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.spark.support.ExecutorData;
import org.trm4j.training.evaluation.Evaluation;
import org.trm4j.training.measure.EvaluationData;
import scala.Tuple2;

/**
 * The executors' part of an evaluation.
 *
 * @param model broadcast
 * @param data location
 * @param settings how to evaluate
 */
record EvaluationJob(BroadcastModel model, String data, EvaluationSettings settings)
    implements Serializable {
  private static final String ALONE = "all";

  /** What the driver has to know about the data, read by an executor. */
  static final class Facts implements Serializable {
    private static final long serialVersionUID = 1L;
    final String split;
    final int puzzles;
    final boolean ownFigures;
    final String device;
    final List<String> notes;

    Facts(String split, int puzzles, boolean ownFigures, String device, List<String> notes) {
      this.split = split;
      this.puzzles = puzzles;
      this.ownFigures = ownFigures;
      this.device = device;
      this.notes = new ArrayList<>(notes);
    }
  }

  /** Figures and files of the data set's own evaluator. */
  static final class OwnFigures implements Serializable {
    private static final long serialVersionUID = 1L;
    final HashMap<String, Double> figures = new HashMap<>();
    final HashMap<String, byte[]> files = new HashMap<>();
  }

  private TrmModel trm() {
    return ExecutorModels.get(model, settings.backend());
  }

  private Dataset dataset() {
    ModelDescription description = trm().description();
    return ExecutorData.get(
        "%s for %s %s".formatted(data, description.domain(), description.domainOptions()),
        key -> EvaluationData.open(ExecutorData.locate(data), description));
  }

  private String split(Dataset dataset) {
    return settings.split().isEmpty() ? EvaluationData.split(dataset) : settings.split();
  }

  Facts facts() {
    TrmModel trm = trm();
    Dataset dataset = dataset();
    String split = split(dataset);
    ModelFit fit = trm.fit(dataset);
    int all = fit.of(dataset.split(split)).size();
    Evaluator evaluator = dataset.evaluator(split);
    boolean own =
        all > 0
            && (!(evaluator instanceof Evaluator.Grouped grouped)
                || grouped.group(0).isPresent()
                || !evaluator.report().isEmpty());
    return new Facts(
        split,
        settings.puzzles() == 0 ? all : Math.min(all, settings.puzzles()),
        own,
        trm.device(),
        fit.notes());
  }

  /** Evaluates a range of the split. */
  Iterator<Tuple2<String, EvaluatedPart>> evaluate(int from, int to) {
    TrmModel trm = trm();
    Dataset dataset = dataset();
    String split = split(dataset);
    ExampleSource examples = trm.fit(dataset).of(dataset.split(split));
    Evaluator evaluator = dataset.evaluator(split);
    TaskContext task = TaskContext.get();
    int threads = Math.clamp(task == null ? 1 : task.cpus(), 1, Math.max(1, to - from));
    Evaluation evaluation =
        new Evaluation(
            settings.options(Attempts.usualSigma(trm.description())),
            Math.max(1, settings.batch() / threads),
            0);
    List<Tuple2<String, EvaluatedPart>> parts = new ArrayList<>();
    inThreads(
        threads,
        thread -> {
          List<Tuple2<String, EvaluatedPart>> own = new ArrayList<>();
          Evaluation.Tally tally =
              evaluation.tally(
                  trm,
                  examples,
                  cut(from, to, thread, threads),
                  cut(from, to, thread + 1, threads),
                  (index, tokens, haltLogit) -> {
                    String group = group(evaluator, index);
                    if (group != null) {
                      own.add(new Tuple2<>(group, EvaluatedPart.of(index, tokens, haltLogit)));
                    }
                  },
                  done -> {},
                  () -> task != null && task.isInterrupted());
          own.add(new Tuple2<>("", EvaluatedPart.of(tally)));
          synchronized (parts) {
            parts.addAll(own);
          }
        });
    return parts.iterator();
  }

  static int cut(int from, int to, int part, int parts) {
    return from + (int) ((long) (to - from) * part / parts);
  }

  private static @Nullable String group(Evaluator evaluator, int index) {
    // A name in front of it, so that no group equals the key of the sums.
    if (evaluator instanceof Evaluator.Grouped grouped) {
      return grouped.group(index).map(group -> "group " + group).orElse(null);
    }
    return ALONE;
  }

  private interface Work {
    void of(int thread);
  }

  private static void inThreads(int threads, Work work) {
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      int number = i;
      others.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  work.of(number);
                } catch (RuntimeException e) {
                  failure.compareAndSet(null, e);
                }
              }));
    }
    try {
      work.of(0);
      for (Thread other : others) {
        other.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was interrupted", e);
    }
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  /** Combines the parts of some groups. */
  Iterator<Tuple2<Evaluation.@Nullable Tally, HashMap<String, String>>> gather(
      Iterator<Tuple2<String, EvaluatedPart>> parts) {
    Evaluation.Tally tally = null;
    Evaluator evaluator = null;
    while (parts.hasNext()) {
      EvaluatedPart part = parts.next()._2();
      if (part.tally != null) {
        if (tally == null) {
          tally = part.tally;
        } else {
          tally.add(part.tally);
        }
        continue;
      }
      if (evaluator == null) {
        Dataset dataset = dataset();
        evaluator = dataset.evaluator(split(dataset));
      }
      evaluator.accept(part.index, part.tokens, part.haltLogit);
    }
    HashMap<String, String> outcomes = new HashMap<>();
    if (evaluator instanceof Evaluator.Grouped grouped) {
      outcomes.putAll(grouped.outcomes());
    } else if (evaluator != null) {
      // An evaluator that cannot be divided has received all predictions.
      evaluator.report().forEach((name, figure) -> outcomes.put(name, Double.toString(figure)));
    }
    return tally == null && outcomes.isEmpty()
        ? List.<Tuple2<Evaluation.@Nullable Tally, HashMap<String, String>>>of().iterator()
        : List.<Tuple2<Evaluation.@Nullable Tally, HashMap<String, String>>>of(
                new Tuple2<>(tally, outcomes))
            .iterator();
  }

  /** Reports the result of all groups. */
  OwnFigures report(Map<String, String> outcomes, boolean files) {
    OwnFigures own = new OwnFigures();
    Dataset dataset = dataset();
    if (!(dataset.evaluator(split(dataset)) instanceof Evaluator.Grouped evaluator)) {
      outcomes.forEach((name, figure) -> own.figures.put(name, Double.valueOf(figure)));
      return own;
    }
    evaluator.take(new TreeMap<>(outcomes));
    own.figures.putAll(evaluator.report());
    if (files) {
      try {
        Path folder = Files.createTempDirectory("trm-evaluation");
        evaluator.write(folder);
        try (DirectoryStream<Path> written = Files.newDirectoryStream(folder)) {
          for (Path file : written) {
            own.files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            Files.delete(file);
          }
        }
        Files.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException("result files cannot be written on the executor: " + e, e);
      }
    }
    return own;
  }
}
