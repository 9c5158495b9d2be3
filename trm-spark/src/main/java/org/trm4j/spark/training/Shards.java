package org.trm4j.spark.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.plan.Plan;
import org.trm4j.spark.support.Failure;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * The driver's side of the slots of a training session, which lie in shards on executors. Latent
 * states stay on the executors; only a checkpoint brings them to the driver.
 *
 * <p>When an executor is lost, so are its slots' latent states. Its shards are rebuilt on other
 * executors, with the same examples from their start.
 */
final class Shards implements AutoCloseable {
  static final String NAME = "training session on Spark";
  private static final Logger LOG = LoggerFactory.getLogger(Shards.class);
  private static final int TREE_FROM = 16;
  private static final int ATTEMPTS = 3;

  /** The parameters that executors need. */
  interface Source {
    /** Returns what has changed since the last step; null if nothing has. */
    @Nullable Weights changed();

    /** Returns everything needed to rebuild a shard. */
    Weights complete();
  }

  /**
   * How the executors build their part of the model.
   *
   * @param workers shards
   * @param model description of the model, as a file without parameters
   * @param maxSteps supervision steps of an example at most
   * @param backend as {@code trm train} takes it
   * @param local whether they update by themselves
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on as it is
  record Setting(int workers, byte[] model, int maxSteps, String backend, boolean local) {}

  private final SparkContext context;
  private final Setting setting;
  private final Source source;
  private final int batch;
  private final SessionArguments arguments;
  private final String id = UUID.randomUUID().toString();
  private final Placement placement;
  private final @Nullable SlotStart[] examples;
  private final boolean[] fresh;
  private final List<Map<String, float[]>> fed = new ArrayList<>();
  private final @Nullable ShardResult[] results;
  private final long[] draws;
  private boolean made;
  private long number;
  private @Nullable Map<Integer, ShardResult> states;

  Shards(SparkContext context, Setting setting, Plan plan, int batch, Source source) {
    this.context = context;
    this.setting = setting;
    this.source = source;
    this.batch = batch;
    this.arguments = new SessionArguments(NAME, plan, batch);
    this.placement = new Placement(context);
    this.examples = new @Nullable SlotStart[batch];
    this.fresh = new boolean[batch];
    this.results = new @Nullable ShardResult[setting.workers()];
    this.draws = new long[batch];
    for (int slot = 0; slot < batch; slot++) {
      fed.add(new HashMap<>());
    }
  }

  int slots() {
    return batch;
  }

  /** Returns the first slot of a shard. */
  int first(int shard) {
    return (int) ((long) batch * shard / setting.workers());
  }

  private int shardOf(int slot) {
    int shard = (int) ((long) slot * setting.workers() / batch);
    while (first(shard + 1) <= slot) {
      shard++;
    }
    return shard;
  }

  private SlotStart started(int slot) {
    arguments.slot(slot);
    SlotStart example = examples[slot];
    if (example == null) {
      throw new BackendException("%s: slot %s has not been started".formatted(NAME, slot));
    }
    return example;
  }

  void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    arguments.slot(slot);
    arguments.puzzle(tokens, puzzleIdentifier);
    arguments.labels(labels);
    examples[slot] =
        new SlotStart(
            slot - first(shardOf(slot)), tokens.clone(), labels.clone(), puzzleIdentifier, key);
    fresh[slot] = true;
    draws[slot] = 0;
    fed.get(slot).clear();
  }

  void feed(int slot, String input, float[] values) {
    started(slot).inputs.put(input, values.clone());
    fed.get(slot).put(input, values.clone());
  }

  /** Returns the puzzle identifiers of all slots. */
  int[] identifiers() {
    return IntStream.range(0, batch).map(slot -> started(slot).identifier).toArray();
  }

  /**
   * Runs a step on all shards.
   *
   * @param kind STEP or LOCAL_STEP
   * @param rule of an update that the executors apply first; null for none
   */
  StepSum step(StepOrder.Kind kind, boolean[] lastStep, float scale, @Nullable UpdateRule rule) {
    arguments.lastStep(lastStep);
    for (int slot = 0; slot < batch; slot++) {
      started(slot);
    }
    number++;
    states = null;
    StepSum sum = run(kind, lastStep, scale, rule);
    for (ShardResult result : sum.results) {
      int from = first(result.shard);
      results[result.shard] = result;
      for (int slot = from; slot < first(result.shard + 1); slot++) {
        draws[slot] = result.draws[slot - from];
      }
    }
    for (int slot = 0; slot < batch; slot++) {
      fresh[slot] = false;
      started(slot).states.clear();
      started(slot).draws = 0;
      fed.get(slot).clear();
    }
    return sum;
  }

  /** Returns the metrics of the last step. */
  SequenceMetrics[] metrics(StepSum sum) {
    SequenceMetrics[] metrics = new SequenceMetrics[batch];
    for (ShardResult result : sum.results) {
      int from = first(result.shard);
      for (int slot = from; slot < first(result.shard + 1); slot++) {
        metrics[slot] = result.metrics(slot - from);
      }
    }
    return metrics;
  }

  /** Collects sums from the remaining shards; nothing is rebuilt. */
  StepSum collect(StepOrder.Kind kind, @Nullable UpdateRule rule) {
    if (!made) {
      return new StepSum();
    }
    StepSum sum = launch(kind, all(), false, new boolean[0], 0, rule);
    List<Integer> lost = drop(sum);
    if (!lost.isEmpty()) {
      LOG.warn(
          "step {}: the executor of shards {} is gone, with what they have learned", number, lost);
    }
    return sum;
  }

  private List<Integer> all() {
    return IntStream.range(0, setting.workers()).boxed().toList();
  }

  /** Runs all shards, and again those that executors have lost. */
  private StepSum run(StepOrder.Kind kind, boolean[] last, float scale, @Nullable UpdateRule rule) {
    StepSum sum = new StepSum();
    List<Integer> lost = all();
    if (made) {
      sum = launch(kind, lost, false, last, scale, rule);
      lost = drop(sum);
    }
    for (int attempt = 0; !lost.isEmpty(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new BackendException(
            "%s: the executors have lost shards %s again and again".formatted(NAME, lost));
      }
      if (made) {
        LOG.warn(
            "step {}: the executor of shards {} is gone; their examples begin anew elsewhere",
            number,
            lost);
      }
      placement.place(lost);
      sum.add(launch(kind, lost, true, last, scale, null));
      lost = drop(sum);
    }
    made = true;
    return sum;
  }

  /** Removes and returns the shards that executors no longer have. */
  private List<Integer> drop(StepSum sum) {
    List<Integer> lost = new ArrayList<>();
    for (ShardResult result : sum.results) {
      placement.at(result.shard, result.location);
      if (result.missing) {
        lost.add(result.shard);
      }
    }
    sum.results.removeIf(result -> result.missing);
    return lost;
  }

  private StepSum launch(
      StepOrder.Kind kind,
      List<Integer> shards,
      boolean complete,
      boolean[] last,
      float scale,
      @Nullable UpdateRule rule) {
    Weights weights = complete ? source.complete() : kind.steps() ? source.changed() : null;
    Broadcast<Weights> sent =
        weights == null
            ? null
            : context.broadcast(weights, scala.reflect.ClassTag$.MODULE$.apply(Weights.class));
    StepOrder order =
        new StepOrder(
            id,
            number,
            kind,
            scale,
            complete ? setting.model() : new byte[0],
            setting.maxSteps(),
            setting.backend(),
            setting.local(),
            sent,
            rule == null ? new double[0] : StepOrder.numbers(rule));
    List<Tuple2<ShardOrder, Seq<String>>> orders = new ArrayList<>();
    for (int shard : shards) {
      orders.add(
          new Tuple2<>(
              order(shard, complete, last),
              CollectionConverters.asScala(placement.of(shard)).toSeq()));
    }
    ClassTag<ShardOrder> tag = scala.reflect.ClassTag$.MODULE$.apply(ShardOrder.class);
    RDD<ShardOrder> rdd = context.makeRDD(CollectionConverters.asScala(orders).toSeq(), tag);
    try {
      return Failure.unwrapped(() ->
          new JavaRDD<>(rdd, tag)
              .treeAggregate(
                  new StepSum(),
                  (into, mine) -> into.add(ExecutorShards.run(order, mine)),
                  StepSum::add,
                  shards.size() < TREE_FROM ? 1 : 2));
    } finally {
      if (sent != null) {
        sent.destroy();
      }
    }
  }

  private ShardOrder order(int shard, boolean complete, boolean[] last) {
    int from = first(shard);
    int to = first(shard + 1);
    ShardOrder order =
        new ShardOrder(
            shard,
            to - from,
            complete,
            last.length == 0 ? last : Arrays.copyOfRange(last, from, to));
    for (int slot = from; slot < to; slot++) {
      if (complete || fresh[slot]) {
        order.starts.add(started(slot));
      } else if (!fed.get(slot).isEmpty()) {
        order.feeds.put(slot - from, new HashMap<>(fed.get(slot)));
      }
    }
    return order;
  }

  void read(String output, int slot, float[] target) {
    started(slot);
    int shard = shardOf(slot);
    ShardResult result = results[shard];
    ShardResult.copy(result == null ? null : result.outputs, output, slot - first(shard), target);
  }

  void state(String name, int slot, float[] target) {
    arguments.state(name);
    started(slot);
    int shard = shardOf(slot);
    Map<Integer, ShardResult> found = states;
    if (found == null) {
      found = new HashMap<>();
      for (ShardResult result : run(StepOrder.Kind.STATES, new boolean[0], 0, null).results) {
        found.put(result.shard, result);
      }
      states = found;
    }
    ShardResult result = found.get(shard);
    ShardResult.copy(result == null ? null : result.states, name, slot - first(shard), target);
  }

  void restoreState(String name, int slot, float[] values) {
    arguments.state(name);
    started(slot).states.put(name, values.clone());
    fresh[slot] = true;
  }

  long draws(int slot) {
    started(slot);
    return draws[slot];
  }

  void restoreDraws(int slot, long count) {
    started(slot).draws = count;
    draws[slot] = count;
  }

  @Override
  public void close() {
    if (made && !context.isStopped()) {
      try {
        launch(StepOrder.Kind.CLOSE, all(), false, new boolean[0], 0, null);
      } catch (RuntimeException e) {
        LOG.warn("the executors' shards could not be let go of: {}", e.toString());
      }
    }
    made = false;
  }
}
