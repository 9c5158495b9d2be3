package org.trm4j.backend.support;

import org.apiguardian.api.API;
import org.trm4j.backend.spi.TaskSession;

/** The common part of inference and training sessions: their slots, by a {@link SlotTable}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public abstract class SlotSession implements TaskSession {

  /** For the sessions of backends. */
  protected SlotSession() {}

  /** Returns the slots; throws if the session has been closed. */
  protected abstract SlotTable table();

  /** Returns the number of slots, of a closed session too. */
  public abstract int slots();

  @Override
  public final void feed(int slot, String input, float[] values) {
    table().feed(slot, input, values);
  }

  @Override
  public final void read(String output, int slot, float[] target) {
    table().read(slot, output, target);
  }

  /** Copies a latent state [L, D] of a slot into {@code target}. */
  public final void state(String name, int slot, float[] target) {
    table().state(slot, name, target);
  }

  /** Overwrites a latent state [L, D] of a started slot. */
  public final void restoreState(String name, int slot, float[] source) {
    table().restoreState(slot, name, source);
  }

  /** Copies the logits [S, V] of a slot's last step. */
  public final void logits(int slot, float[] target) {
    table().logits(slot, target);
  }
}
