package org.trm4j.backend.cpu.program;

import java.util.List;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.buffer.Buffer;

/**
 * What steps are built from.
 *
 * @param kernels the inner loops
 * @param weights the dense parameters
 * @param puzzles the puzzle embedding table
 * @param config the model
 * @param states latent states in order
 * @param inputs what the host hands over, in order
 * @param allocation where temporary buffers lie
 * @param kept what is kept for the backward pass
 * @param wave sequences of a wave; 0 without gradient
 */
public record StepContext(
    Kernels kernels,
    Weights weights,
    PuzzleTable puzzles,
    ModelConfig config,
    List<Buffer> states,
    List<Buffer> inputs,
    BufferPlanner.Allocation allocation,
    KeptActivations kept,
    int wave) {

  public BufferLocation locate(Buffer buffer) {
    if (buffer.role() == Buffer.Role.STATE) {
      return new BufferLocation(states.indexOf(buffer), 0);
    }
    if (buffer.role() == Buffer.Role.INPUT) {
      return BufferLocation.input(inputs.indexOf(buffer));
    }
    Integer offset = allocation.offsets().get(buffer);
    if (offset == null) {
      throw new IllegalStateException("plan: buffer " + buffer + " has no place");
    }
    return new BufferLocation(-1, offset);
  }

  /** Returns the offset in a workspace of the memory that a step's workers share. */
  public int shared() {
    return allocation.size();
  }
}
