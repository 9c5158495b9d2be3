package org.trm4j.training.checkpoint;

import org.apiguardian.api.API;
import org.trm4j.training.log.MetricsWindow;

/**
 * The progress of a run.
 *
 * @param step training steps done
 * @param examples taken from the stream
 * @param stream the position of the stream of examples, in its own form
 * @param seconds of training
 * @param window sums since the last report, as {@link MetricsWindow#save} gives them
 * @param windowSeconds of training since the last report
 * @param lossMean of about the last ten steps; NaN where that is not known
 * @param lossLowest the lowest such mean at a checkpoint; infinite where that is not known
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record RunCounters(
    long step,
    long examples,
    String stream,
    double seconds,
    String window,
    double windowSeconds,
    double lossMean,
    double lossLowest) {}
