package org.trm4j.backend.cpu.program;

/**
 * The location of a buffer.
 *
 * @param state index of the latent state, or -1 for the workspace; -2 and below for an input
 * @param offset first float in the workspace; 0 for a state or an input
 */
public record BufferLocation(int state, int offset) {

  static BufferLocation input(int index) {
    if (index < 0) {
      throw new IllegalStateException("plan: reads an input that it does not declare");
    }
    return new BufferLocation(-2 - index, 0);
  }

  public float[] array(Frame frame) {
    if (state == -1) {
      return frame.arena;
    }
    return state >= 0 ? frame.sequence.states[state] : frame.sequence.inputs[-2 - state];
  }
}
