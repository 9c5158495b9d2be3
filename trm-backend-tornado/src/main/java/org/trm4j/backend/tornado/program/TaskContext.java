package org.trm4j.backend.tornado.program;

import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.memory.RotaryTables;
import org.trm4j.backend.tornado.memory.SlotLayout;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.buffer.Buffer;

/**
 * The context in which operations add their kernels.
 *
 * @param config the model
 * @param weights where parameters lie
 * @param rotary the angles of rotary positions
 * @param slots where the buffers lie that are kept for each slot
 * @param allocation where temporary buffers lie in a workspace
 * @param products how matrices are multiplied
 * @param kernels which form of a kernel the device gets
 */
public record TaskContext(
    ModelConfig config,
    WeightLayout weights,
    RotaryTables rotary,
    SlotLayout slots,
    BufferPlanner.Allocation allocation,
    Products products,
    KernelChoice kernels) {

  public OperandLocation locate(Buffer buffer) {
    Integer kept = slots.offsets().get(buffer);
    if (kept != null) {
      return new OperandLocation(OperandLocation.Kind.SLOT, kept);
    }
    Integer offset = allocation.offsets().get(buffer);
    if (offset == null) {
      throw new IllegalStateException("plan: buffer " + buffer + " has no place");
    }
    return new OperandLocation(OperandLocation.Kind.SEQUENCE, offset);
  }

  public Products.Matrix arena(Tasks tasks, Buffer buffer) {
    return new Products.Matrix(tasks.arrays.arena, locate(buffer));
  }

  public static Products.Matrix arena(Tasks tasks, OperandLocation place) {
    return new Products.Matrix(tasks.arrays.arena, place);
  }

  public Products.Matrix weight(Tasks tasks, ParameterSpec spec) {
    return new Products.Matrix(tasks.arrays.weights, shared(spec));
  }

  public Products.Matrix transposed(Tasks tasks, ParameterSpec spec) {
    return new Products.Matrix(
        tasks.arrays.transposed,
        new OperandLocation(OperandLocation.Kind.SHARED, weights.transposed(spec)));
  }

  /** Returns where a parameter lies among the weights, and its gradient among the gradients. */
  public OperandLocation shared(ParameterSpec spec) {
    return new OperandLocation(OperandLocation.Kind.SHARED, weights.offset(spec));
  }
}
