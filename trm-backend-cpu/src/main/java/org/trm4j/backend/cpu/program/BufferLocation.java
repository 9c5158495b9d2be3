package org.trm4j.backend.cpu.program;

/**
 * Where a buffer lies.
 *
 * @param state index of the latent state, or -1 for the workspace
 * @param offset first float in the workspace; 0 for a state
 */
public record BufferLocation(int state, int offset) {

  public float[] array(Frame frame) {
    return state < 0 ? frame.arena : frame.sequence.states[state];
  }
}
