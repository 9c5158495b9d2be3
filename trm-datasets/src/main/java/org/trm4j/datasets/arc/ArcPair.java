package org.trm4j.datasets.arc;

import org.apiguardian.api.API;

/**
 * An example of a task.
 *
 * @param input the question
 * @param output the answer
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ArcPair(ArcGrid input, ArcGrid output) {}
