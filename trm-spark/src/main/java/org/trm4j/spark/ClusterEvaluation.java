package org.trm4j.spark;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.training.evaluation.EvaluationReport;

/**
 * The result of an evaluation on a cluster.
 *
 * @param split that was evaluated
 * @param report the figures; seconds and speed are those of the whole cluster
 * @param device of one executor
 * @param notes remarks on how the data fits the model
 * @param files result files of the data set's own evaluator, such as {@code submission.json}, by
 *     name; empty unless requested
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record ClusterEvaluation(
    String split,
    EvaluationReport report,
    String device,
    List<String> notes,
    Map<String, byte[]> files) {
  /** Copies the collections. */
  public ClusterEvaluation {
    notes = List.copyOf(notes);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }
}
