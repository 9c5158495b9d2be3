package org.trm4j.view;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.model.Shape;
import org.trm4j.task.Objective;

/**
 * Additional contents of drafts, on request.
 *
 * @param logits shape [S, V] of the model's logits; empty where it has none
 * @param kind of their loss; null where they have none
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record DraftDetails(Shape logits, Objective.Term.@Nullable LossKind kind) {

  /** Returns the confidence of each cell of a draft; empty where the model has no logits. */
  public float[] cells(InferenceSession session, int slot, int[] tokens) {
    if (logits.size() == 0) {
      return new float[0];
    }
    float[] values = new float[logits.intSize()];
    session.logits(slot, values);
    return CellConfidence.of(values, logits, tokens, kind);
  }
}
