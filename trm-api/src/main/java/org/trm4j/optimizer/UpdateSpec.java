package org.trm4j.optimizer;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What an update does, as data. A parameter belongs to the first group that holds it.
 *
 * @param groups in order; a trained parameter that none holds is an error
 * @param clip the largest Euclidean norm of all gradients together; longer ones are scaled down to
 *     it; 0 for no limit
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record UpdateSpec(List<ParameterGroup> groups, double clip) {
  /** Copies the list and checks the limit. */
  public UpdateSpec {
    groups = List.copyOf(groups);
    if (!(clip >= 0 && clip < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "update: clip is %s, expected a finite number of at least 0".formatted(clip));
    }
  }
}
