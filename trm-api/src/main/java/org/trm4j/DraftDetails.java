package org.trm4j;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.model.Shape;
import org.trm4j.task.Objective;

/**
 * What drafts hold besides, where they were asked for.
 *
 * @param logits shape [S, V] of the model's logits; empty where it has none
 * @param kind of their loss; null where they have none
 */
record DraftDetails(Shape logits, Objective.Term.@Nullable LossKind kind) {

  /** Returns {@link Draft#cellConfidence()}. */
  float[] cells(InferenceSession session, int slot, int[] tokens) {
    if (logits.size() == 0) {
      return new float[0];
    }
    float[] values = new float[logits.intSize()];
    session.logits(slot, values);
    return CellConfidence.of(values, logits, tokens, kind);
  }
}
