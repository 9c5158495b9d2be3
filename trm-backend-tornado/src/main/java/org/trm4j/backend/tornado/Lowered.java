package org.trm4j.backend.tornado;

import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.BufferAllocation;

/**
 * What operations are lowered with.
 *
 * @param config the model
 * @param weights where parameters lie
 * @param rotary the angles of rotary positions
 * @param slots where the buffers lie that are kept for each slot
 * @param allocation where temporary buffers lie in a workspace
 * @param products how matrices are multiplied
 */
record Lowered(
    ModelConfig config,
    WeightLayout weights,
    RotaryTables rotary,
    SlotLayout slots,
    BufferAllocation allocation,
    Products products) {

  Place place(Buffer buffer) {
    Integer kept = slots.offsets().get(buffer);
    if (kept != null) {
      return new Place(Place.Kind.SLOT, kept);
    }
    Integer offset = allocation.offsets().get(buffer);
    if (offset == null) {
      throw new IllegalStateException("plan: buffer " + buffer + " has no place");
    }
    return new Place(Place.Kind.SEQUENCE, offset);
  }

  Products.Matrix arena(Tasks tasks, Buffer buffer) {
    return new Products.Matrix(tasks.arrays.arena, place(buffer));
  }

  static Products.Matrix arena(Tasks tasks, Place place) {
    return new Products.Matrix(tasks.arrays.arena, place);
  }

  Products.Matrix weight(Tasks tasks, ParameterSpec spec) {
    return new Products.Matrix(tasks.arrays.weights, shared(spec));
  }

  Products.Matrix transposed(Tasks tasks, ParameterSpec spec) {
    return new Products.Matrix(
        tasks.arrays.transposed, new Place(Place.Kind.SHARED, weights.transposed(spec)));
  }

  /** Returns where a parameter lies among the weights, and its gradient among the gradients. */
  Place shared(ParameterSpec spec) {
    return new Place(Place.Kind.SHARED, weights.offset(spec));
  }
}
