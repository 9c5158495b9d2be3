package org.trm4j.backend.tornado.session;

import java.util.List;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.MixState;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;

/** The random draws of a plan. */
final class RandomDraws {
  private RandomDraws() {}

  /** Returns whether a plan draws anything. */
  static boolean of(Plan plan) {
    return plan.states().stream().anyMatch(state -> state.stored() == null)
        || noisyUpdates(plan.inference()) + noisyUpdates(plan.training()) > 0;
  }

  /** Returns how many noisy updates a step has. */
  static int noisyUpdates(List<PlanNode> nodes) {
    int count = 0;
    for (PlanNode node : nodes) {
      count +=
          switch (node) {
            case PlanNode.Repeat repeat -> repeat.times() * noisyUpdates(repeat.body());
            case MixState mix -> mix.sigma() == 0 ? 0 : 1;
            case Operation other -> 0;
          };
    }
    return count;
  }
}
