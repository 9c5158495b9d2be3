package org.trm4j.spark.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.storage.BlockManagerId;
import scala.jdk.javaapi.CollectionConverters;

/** Knows which executor has which shard. */
final class Placement {
  private final SparkContext context;
  private final Map<Integer, String> locations = new HashMap<>();

  Placement(SparkContext context) {
    this.context = context;
  }

  /** Records where shards are. */
  void at(int shard, String location) {
    locations.put(shard, location);
  }

  /** Returns where a shard's task should run; empty for anywhere. */
  List<String> of(int shard) {
    String location = locations.get(shard);
    return location == null || location.isEmpty() ? List.of() : List.of(location);
  }

  /** Gives shards that must be rebuilt to the executors with the fewest shards. */
  void place(List<Integer> shards) {
    Map<String, Integer> load = new HashMap<>();
    for (BlockManagerId id :
        CollectionConverters.asJava(
            context.env().blockManager().master().getMemoryStatus().keySet())) {
      if (!id.isDriver()) {
        load.put("executor_%s_%s".formatted(id.host(), id.executorId()), 0);
      }
    }
    shards.forEach(locations::remove);
    locations.values().forEach(location -> load.computeIfPresent(location, (l, n) -> n + 1));
    for (int shard : shards) {
      load.entrySet().stream()
          .min(
              Map.Entry.<String, Integer>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey()))
          .ifPresent(least -> {
            locations.put(shard, least.getKey());
            least.setValue(least.getValue() + 1);
          });
    }
  }
}
