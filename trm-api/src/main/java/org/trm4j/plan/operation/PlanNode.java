package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;

/** A node of a plan: an operation, or a loop over nodes. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public sealed interface PlanNode permits PlanNode.Repeat, Operation {

  /**
   * Runs the body several times.
   *
   * @param times at least 1
   * @param body the repeated nodes
   */
  record Repeat(int times, List<PlanNode> body) implements PlanNode {
    /** Copies the body. */
    public Repeat {
      body = List.copyOf(body);
    }
  }
}
