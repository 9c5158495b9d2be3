package org.trm4j.task;

import java.util.List;
import org.apiguardian.api.API;

/** What the heads are and what they learn. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public sealed interface Objective {
  /**
   * The published heads and loss ({@link org.trm4j.plan.operation.OutputHeads}, {@link
   * org.trm4j.plan.operation.Loss}): logits for each cell, halting logits from the first row;
   * StableMax cross-entropy of the labels, and the halting head learns whether the draft is exact.
   */
  record Published() implements Objective {}

  /**
   * Heads and terms of the task's own.
   *
   * @param heads at least one
   * @param terms at least one
   */
  record Terms(List<Head> heads, List<Term> terms) implements Objective {
    /** Copies the lists. */
    public Terms {
      heads = List.copyOf(heads);
      terms = List.copyOf(terms);
    }

    /** Returns the head of that name; throws where there is none. */
    public Head head(String name) {
      return heads.stream()
          .filter(head -> head.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("task: no head " + name));
    }

    /** Returns whether there is a head of that name. */
    public boolean has(String name) {
      return heads.stream().anyMatch(head -> head.name().equals(name));
    }
  }
}
