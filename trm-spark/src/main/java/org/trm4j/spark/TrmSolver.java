package org.trm4j.spark;

import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;

/**
 * Adds the answers to a column of puzzles, written as the model's domain writes them, or as arrays
 * of tokens. All other columns are kept. The added columns are {@code answer}, {@code
 * answerTokens}, {@code verified}, {@code confidence}, {@code steps} (supervision steps of all
 * attempts), {@code seconds} and {@code error}. An unreadable row gets an error and no answer.
 *
 * <pre>{@code
 * new TrmSolver().setModel("hdfs:///models/sudoku-9").setInputCol("quiz").transform(puzzles)
 * }</pre>
 *
 * <p>The driver reads and broadcasts the model once; each executor opens it once. The fast backend
 * needs {@code --add-modules jdk.incubator.vector} in {@code spark.executor.extraJavaOptions}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrmSolver extends Model<TrmSolver> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> model =
      new Param<>(this, "model", "model file, run folder, or the name of a model in the box");
  private final BytesParam modelBytes =
      new BytesParam(this, "modelBytes", "content of a model file, in place of its location");
  private final Param<String> inputCol = new Param<>(this, "inputCol", "column of puzzles");
  private final Param<String> outputPrefix =
      new Param<>(this, "outputPrefix", "written before the names of the added columns");
  private final Param<String> backend =
      new Param<>(this, "backend", "auto, a backend's id, or id:device");
  private final Param<String> halting =
      new Param<>(this, "halting", "when to stop, as trm eval --halt takes it");
  private final Param<String> choice =
      new Param<>(
          this, "choice", "which attempt's answer: " + Arrays.toString(Attempts.Choice.values()));
  private final IntParam steps =
      new IntParam(
          this,
          "steps",
          "supervision steps of an attempt at most; 0: as the model usually takes",
          ParamValidators.gtEq(0));
  private final IntParam attempts =
      new IntParam(this, "attempts", "attempts at each puzzle", ParamValidators.gtEq(1));
  private final IntParam batch =
      new IntParam(this, "batch", "puzzles at a time", ParamValidators.gtEq(1));
  private final DoubleParam noise =
      new DoubleParam(
          this, "noise", "standard deviation of the attempts' noise", ParamValidators.gtEq(0));
  private final LongParam seed = new LongParam(this, "seed", "seed of the noise");

  private transient @Nullable Loaded loaded;

  /** Creates a solver; it needs a model. */
  public TrmSolver() {
    this(Identifiable$.MODULE$.randomUID("TrmSolver"));
  }

  /** Creates a solver with an id; {@code spark.ml} calls this when it reads one. */
  public TrmSolver(String uid) {
    // Set before the fields are initialised, because parameters take the id of their owner.
    this.uid = uid;
    super();
    setDefault(inputCol, "puzzle");
    setDefault(outputPrefix, "");
    setDefault(backend, "auto");
    setDefault(halting, "verified");
    setDefault(choice, Attempts.Choice.VERIFIER.name());
    setDefault(steps, 0);
    setDefault(attempts, 1);
    setDefault(batch, 32);
    setDefault(noise, 0.3);
    setDefault(seed, 1L);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    BroadcastModel sent = broadcast(dataset.sparkSession().sparkContext());
    SolveSettings settings = settings(dataset.schema().fieldIndex(getInputCol()));
    settings.options();
    return dataset.toDF().mapPartitions(new SolvePartition(sent, settings), Encoders.row(schema));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    String column = getInputCol();
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new IllegalArgumentException(
          "TrmSolver: no column '%s'; set inputCol to one of %s"
              .formatted(column, Arrays.toString(schema.fieldNames())));
    }
    DataType type = schema.apply(column).dataType();
    boolean tokens =
        type instanceof ArrayType array
            && (array.elementType().equals(DataTypes.IntegerType)
                || array.elementType().equals(DataTypes.LongType)
                || array.elementType().equals(DataTypes.ShortType)
                || array.elementType().equals(DataTypes.ByteType));
    if (!type.equals(DataTypes.StringType) && !tokens) {
      throw new IllegalArgumentException(
          "TrmSolver: column '%s' is of type %s, expected string or an array of whole numbers"
              .formatted(column, type.simpleString()));
    }
    return AnswerColumns.append(schema, getOutputPrefix());
  }

  private SolveSettings settings(int column) {
    return new SolveSettings(
        column,
        getBackend(),
        getSteps(),
        getHalting(),
        getAttempts(),
        getNoise(),
        getChoice(),
        getSeed(),
        getBatch());
  }

  /** Broadcasts the model, which is read once while the parameters stay the same. */
  synchronized BroadcastModel broadcast(SparkContext context) {
    boolean bytes = isSet(modelBytes);
    if (bytes == isSet(model)) {
      throw new IllegalArgumentException(
          bytes
              ? "TrmSolver: model and modelBytes are both set; clear one of them"
              : "TrmSolver: no model; call setModel with a model file, a run folder or the name of a model in the box, or setModelBytes");
    }
    Object source = bytes ? value(modelBytes) : getModel();
    Loaded known = loaded;
    if (known == null || !known.source.equals(source)) {
      known =
          new Loaded(
              source,
              bytes
                  ? ModelBytes.of(value(modelBytes))
                  : ModelBytes.read(getModel(), context.hadoopConfiguration()));
      loaded = known;
    }
    return BroadcastModel.of(known.content, context);
  }

  @Override
  public TrmSolver copy(ParamMap extra) {
    TrmSolver copy = defaultCopy(extra);
    copy.loaded = loaded;
    return copy;
  }

  /** Returns a reader of solvers that {@link #write()} wrote. */
  public static MLReader<TrmSolver> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads a solver that {@link #save} wrote. */
  public static TrmSolver load(String path) {
    return read().load(path);
  }

  /**
   * Returns the parameter: a model file or run folder, on any file system that Hadoop reads, or the
   * name of a model in the box that is on the driver's class path.
   */
  public Param<String> model() {
    return model;
  }

  /** Returns the parameter: the content of a model file. */
  public Param<byte[]> modelBytes() {
    return modelBytes;
  }

  /** Returns the parameter: the column of puzzles. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** Returns the parameter: the prefix of the names of the added columns. */
  public Param<String> outputPrefix() {
    return outputPrefix;
  }

  /** Returns the parameter: the backend. */
  public Param<String> backend() {
    return backend;
  }

  /** Returns the parameter: the halting policies. */
  public Param<String> halting() {
    return halting;
  }

  /** Returns the parameter: which attempt's answer is taken. */
  public Param<String> choice() {
    return choice;
  }

  /**
   * Returns the parameter: the limit on supervision steps of an attempt, 0 for what the model
   * usually takes.
   */
  public IntParam steps() {
    return steps;
  }

  /** Returns the parameter: attempts at each puzzle. */
  public IntParam attempts() {
    return attempts;
  }

  /** Returns the parameter: puzzles at a time in each task. */
  public IntParam batch() {
    return batch;
  }

  /** Returns the parameter: standard deviation of the attempts' noise. */
  public DoubleParam noise() {
    return noise;
  }

  /** Returns the parameter: seed of the noise. */
  public LongParam seed() {
    return seed;
  }

  /** Returns the model's location; throws if none is set. */
  public String getModel() {
    if (!isSet(model)) {
      throw new IllegalArgumentException(
          "TrmSolver: no model; call setModel with a model file, a run folder or the name of a model in the box");
    }
    return value(model);
  }

  /** Sets the content of a model file, in place of a location. */
  public TrmSolver setModelBytes(byte[] value) {
    set(modelBytes, value.clone());
    return this;
  }

  /**
   * Sets the model: a model file, a run folder or the name of a model in the box. A solver reads it
   * once: set it again if the file has changed.
   */
  public TrmSolver setModel(String value) {
    set(model, value);
    loaded = null;
    return this;
  }

  /** Returns the column of puzzles. */
  public String getInputCol() {
    return value(inputCol);
  }

  /** Sets the column of puzzles. */
  public TrmSolver setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /** Returns the prefix of the names of the added columns. */
  public String getOutputPrefix() {
    return value(outputPrefix);
  }

  /** Sets the prefix of the names of the added columns. */
  public TrmSolver setOutputPrefix(String value) {
    set(outputPrefix, value);
    return this;
  }

  /** Returns the backend. */
  public String getBackend() {
    return value(backend);
  }

  /** Sets the backend: {@code auto}, an id, or {@code id:device}. */
  public TrmSolver setBackend(String value) {
    set(backend, value);
    return this;
  }

  /** Returns the halting policies. */
  public String getHalting() {
    return value(halting);
  }

  /** Sets the halting policies. */
  public TrmSolver setHalting(String value) {
    set(halting, value);
    return this;
  }

  /** Returns which attempt's answer is taken. */
  public String getChoice() {
    return value(choice);
  }

  /** Sets which attempt's answer is taken: the name of a {@link Attempts.Choice}. */
  public TrmSolver setChoice(String value) {
    set(choice, Attempts.Choice.valueOf(value).name());
    return this;
  }

  /** Returns the limit on supervision steps; 0 for what the model usually takes. */
  public int getSteps() {
    return (Integer) value(steps);
  }

  /** Sets the limit on supervision steps; 0 for what the model usually takes. */
  public TrmSolver setSteps(int value) {
    set(steps, value);
    return this;
  }

  /** Returns the number of attempts at each puzzle. */
  public int getAttempts() {
    return (Integer) value(attempts);
  }

  /** Sets the number of attempts at each puzzle. */
  public TrmSolver setAttempts(int value) {
    set(attempts, value);
    return this;
  }

  /** Returns the number of puzzles at a time in each task. */
  public int getBatch() {
    return (Integer) value(batch);
  }

  /** Sets the number of puzzles at a time in each task. */
  public TrmSolver setBatch(int value) {
    set(batch, value);
    return this;
  }

  /** Returns the standard deviation of the attempts' noise. */
  public double getNoise() {
    return (Double) value(noise);
  }

  /** Sets the standard deviation of the attempts' noise. */
  public TrmSolver setNoise(double value) {
    set(noise, value);
    return this;
  }

  /** Returns the seed of the noise. */
  public long getSeed() {
    return (Long) value(seed);
  }

  /** Sets the seed of the noise. */
  public TrmSolver setSeed(long value) {
    set(seed, value);
    return this;
  }

  private <T> T value(Param<T> param) {
    return Objects.requireNonNull(getOrDefault(param));
  }

  /**
   * What was read.
   *
   * @param source location or bytes
   */
  private record Loaded(Object source, ModelBytes content) {}
}
