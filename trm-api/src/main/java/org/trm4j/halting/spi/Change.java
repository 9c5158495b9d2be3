package org.trm4j.halting.spi;

import org.apiguardian.api.API;

/**
 * What a supervision step changed, as a number. Measuring copies values to the host after every
 * step, so it is done only where a halting policy or the choice among attempts asks for it.
 */
@API(status = API.Status.MAINTAINED, since = "0.2.0")
public enum Change {
  /**
   * {@code |s' - s| / |s'|} in Euclidean norm, s all latent states that the program writes, as one
   * vector, before the step and s' after it. It falls to 0 at a fixed point (FPRM, arXiv
   * 2606.18206).
   */
  STATE,
  /**
   * The mean over cells of {@code |l' - l|}, l a cell's logits before the step and l' after it,
   * averaged over the last steps of a window; what EqR (arXiv 2605.21488) chooses attempts by.
   * Infinite after the first step, which has nothing before it.
   */
  LOGITS
}
