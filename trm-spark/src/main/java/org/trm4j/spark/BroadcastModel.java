package org.trm4j.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model broadcast to the executors.
 *
 * @param digest of its file; executors that have opened it do not fetch the content again
 * @param bytes the file, broadcast
 */
record BroadcastModel(String digest, Broadcast<ModelBytes> bytes) implements Serializable {
  /** By application and digest: solvers that share a model share its broadcast. */
  private static final Map<String, BroadcastModel> SENT = new ConcurrentHashMap<>();

  /** Broadcasts a model, once in an application. */
  static BroadcastModel of(ModelBytes model, SparkContext context) {
    SENT.values().removeIf(sent -> !sent.bytes().isValid());
    return SENT.computeIfAbsent(
        context.applicationId() + " " + model.digest(),
        key ->
            new BroadcastModel(
                model.digest(),
                context.broadcast(model, scala.reflect.ClassTag$.MODULE$.apply(ModelBytes.class))));
  }
}
