package org.trm4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.spark.training.ClusterRun;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;

/**
 * Trains a model on two columns, questions and answers, with a cluster; the result is a {@link
 * TrmSolver} for questions of that kind.
 *
 * <pre>{@code
 * TrmSolver solver =
 *     new TrmEstimator().setDomain("sudoku:size=4").setRecipe("demo").setFolder("/shared/run").fit(table);
 * }</pre>
 *
 * <p>The driver holds the examples and hands them to the executors' slots: data sets of recursive
 * models are small. For a data set in files see {@link Train}. If the folder holds a run with the
 * same settings, training continues it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class TrmEstimator extends Estimator<TrmSolver> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> domain =
      new Param<>(this, "domain", "kind of puzzle, as id or id:key=value");
  private final Param<String> recipe = new Param<>(this, "recipe", "recipe or file of settings");
  private final StringArrayParam settings =
      new StringArrayParam(this, "settings", "changed settings, each as key=value");
  private final Param<String> questionCol =
      new Param<>(this, "questionCol", "column of questions, as the domain writes them");
  private final Param<String> answerCol =
      new Param<>(this, "answerCol", "column of answers, as the domain writes them");
  private final Param<String> folder =
      new Param<>(this, "folder", "run folder on the driver's file system, shared or not");
  private final Param<String> backend =
      new Param<>(this, "backend", "of the executors: auto, a backend's id, or id:device");
  private final IntParam workers =
      new IntParam(
          this, "workers", "shards of slots; 0 for as many as tasks run", ParamValidators.gtEq(0));
  private final IntParam localSteps =
      new IntParam(
          this, "localSteps", "updates between averagings; 1: exact", ParamValidators.gtEq(1));

  /** Creates an estimator; it needs a domain, a recipe and a folder. */
  public TrmEstimator() {
    this(Identifiable$.MODULE$.randomUID("TrmEstimator"));
  }

  /** Creates an estimator with an id; {@code spark.ml} calls this when it reads one. */
  public TrmEstimator(String uid) {
    // Set before the fields are initialised, because parameters take the id of their owner.
    this.uid = uid;
    super();
    setDefault(settings, new String[0]);
    setDefault(questionCol, "question");
    setDefault(answerCol, "answer");
    setDefault(backend, "auto");
    setDefault(workers, 0);
    setDefault(localSteps, 1);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public TrmSolver fit(Dataset<?> table) {
    transformSchema(table.schema());
    DatasetLocation kind = DataText.locate(given(domain));
    PuzzleDomain puzzles =
        Trm.standard().plugins().datasets().get(kind.provider()).domain(kind.options());
    MemoryDataset examples =
        MemoryDataset.of(
            puzzles, Map.of("train", new MemoryExamples(examples(table, puzzles))), List.of());
    List<String> changes = new ArrayList<>(List.of("run.evaluateEvery=-1"));
    changes.addAll(Arrays.asList(given(settings)));
    TrainingConfig config = SettingsText.with(TrainingConfigs.recipeOrFile(given(recipe)), changes);
    Path run = Path.of(given(folder));
    new ClusterRun(
            table.sparkSession().sparkContext(),
            given(backend),
            given(workers),
            new LocalSteps(given(localSteps), 0.7, 0.9))
        .run(config, examples, run, null, Set.of());
    try {
      return new TrmSolver()
          .setModelBytes(Files.readAllBytes(ModelFiles.fileOf(run)))
          .setInputCol(given(questionCol))
          .setParent(this);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be read: %s".formatted(run, e), e);
    }
  }

  private List<Example> examples(Dataset<?> table, PuzzleDomain puzzles) {
    List<Row> rows = table.toDF().select(given(questionCol), given(answerCol)).collectAsList();
    List<Example> examples = new ArrayList<>();
    for (Row row : rows) {
      if (row.isNullAt(0) || row.isNullAt(1)) {
        throw new IllegalArgumentException(
            "TrmEstimator: row %s: question or answer is null".formatted(examples.size()));
      }
      try {
        examples.add(
            new Example(
                puzzles.codec().encode(row.getString(0)),
                puzzles.codec().encode(row.getString(1)),
                0));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "TrmEstimator: row %s: %s".formatted(examples.size(), e.getMessage()), e);
      }
    }
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("TrmEstimator: the table has no rows");
    }
    return examples;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    for (String column : List.of(given(questionCol), given(answerCol))) {
      if (!Arrays.asList(schema.fieldNames()).contains(column)) {
        throw new IllegalArgumentException(
            "TrmEstimator: no column '%s'; set questionCol and answerCol to two of %s"
                .formatted(column, Arrays.toString(schema.fieldNames())));
      }
      if (!schema.apply(column).dataType().simpleString().equals("string")) {
        throw new IllegalArgumentException(
            "TrmEstimator: column '%s' is of type %s, expected string"
                .formatted(column, schema.apply(column).dataType().simpleString()));
      }
    }
    return schema;
  }

  @Override
  public TrmEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns a reader of estimators that {@link #write()} wrote. */
  public static MLReader<TrmEstimator> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns the parameter: the kind of puzzle. */
  public Param<String> domain() {
    return domain;
  }

  /** Returns the parameter: a recipe or a file of settings. */
  public Param<String> recipe() {
    return recipe;
  }

  /** Returns the parameter: changed settings. */
  public StringArrayParam settings() {
    return settings;
  }

  /** Returns the parameter: the column of questions. */
  public Param<String> questionCol() {
    return questionCol;
  }

  /** Returns the parameter: the column of answers. */
  public Param<String> answerCol() {
    return answerCol;
  }

  /** Returns the parameter: the run folder. */
  public Param<String> folder() {
    return folder;
  }

  /** Returns the parameter: the executors' backend. */
  public Param<String> backend() {
    return backend;
  }

  /** Returns the parameter: the number of shards of slots. */
  public IntParam workers() {
    return workers;
  }

  /** Returns the parameter: updates of a worker between two averagings. */
  public IntParam localSteps() {
    return localSteps;
  }

  /** Sets the kind of puzzle, such as {@code sudoku:size=4}. */
  public TrmEstimator setDomain(String value) {
    set(domain, value);
    return this;
  }

  /** Sets the recipe, or a file of settings. */
  public TrmEstimator setRecipe(String value) {
    set(recipe, value);
    return this;
  }

  /** Changes settings of the recipe, each as {@code key=value}. */
  public TrmEstimator setSettings(String... values) {
    set(settings, values.clone());
    return this;
  }

  /** Sets the column of questions. */
  public TrmEstimator setQuestionCol(String value) {
    set(questionCol, value);
    return this;
  }

  /** Sets the column of answers. */
  public TrmEstimator setAnswerCol(String value) {
    set(answerCol, value);
    return this;
  }

  /** Sets the run folder. */
  public TrmEstimator setFolder(String value) {
    set(folder, value);
    return this;
  }

  /** Sets the executors' backend. */
  public TrmEstimator setBackend(String value) {
    set(backend, value);
    return this;
  }

  /** Sets the number of shards of slots; 0 for the number of tasks that run at a time. */
  public TrmEstimator setWorkers(int value) {
    set(workers, value);
    return this;
  }

  /** Sets the number of updates of a worker between two averagings; 1 for exact training. */
  public TrmEstimator setLocalSteps(int value) {
    set(localSteps, value);
    return this;
  }

  private <T> T given(Param<T> param) {
    if (getDefault(param).isEmpty() && !isSet(param)) {
      throw new IllegalArgumentException("TrmEstimator: %s is not set".formatted(param.name()));
    }
    return Objects.requireNonNull(getOrDefault(param));
  }

  private int given(IntParam param) {
    return (Integer) Objects.requireNonNull(getOrDefault(param));
  }
}
