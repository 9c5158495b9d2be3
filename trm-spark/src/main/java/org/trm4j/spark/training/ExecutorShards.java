package org.trm4j.spark.training;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;

/** The shards of training sessions in this executor's JVM. */
final class ExecutorShards {
  private static final Map<String, Shard> SHARDS = new ConcurrentHashMap<>();

  private ExecutorShards() {}

  /** Returns the number of shards in this JVM. */
  static int count() {
    return SHARDS.size();
  }

  static StepSum run(StepOrder order, ShardOrder mine) {
    String key = order.session() + " " + mine.shard;
    String location = location();
    if (order.kind() == StepOrder.Kind.CLOSE) {
      SHARDS
          .keySet()
          .removeIf(other -> {
            boolean ours = other.startsWith(order.session() + " ");
            Shard shard = ours ? SHARDS.get(other) : null;
            if (shard != null) {
              synchronized (shard) {
                shard.close();
              }
            }
            return ours;
          });
      return StepSum.of(new float[0], ShardResult.missing(mine.shard, location));
    }
    if (mine.complete) {
      Shard made = new Shard(order, mine, Objects.requireNonNull(order.weights()).value());
      made.start(mine);
      mine.starts.clear();
      Shard old = SHARDS.put(key, made);
      if (old != null) {
        synchronized (old) {
          old.close();
        }
      }
    }
    Shard shard = SHARDS.get(key);
    if (shard == null) {
      return StepSum.of(new float[0], ShardResult.missing(mine.shard, location));
    }
    synchronized (shard) {
      return shard.knows(order)
          ? shard.run(order, mine, location)
          : StepSum.of(new float[0], ShardResult.missing(mine.shard, location));
    }
  }

  /** Returns this executor as a location preference of Spark's scheduler. */
  private static String location() {
    SparkEnv env = SparkEnv.get();
    if (env == null || env.blockManager().blockManagerId().isDriver()) {
      return "";
    }
    return "executor_%s_%s".formatted(env.blockManager().blockManagerId().host(), env.executorId());
  }
}
