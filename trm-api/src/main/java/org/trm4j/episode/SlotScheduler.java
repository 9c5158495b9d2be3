package org.trm4j.episode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Decides what works in which slot of a session, and for how long: solving, evaluation and training
 * run on it. One round gives the free slots what comes next, runs one supervision step of all
 * slots, lets every work read what the step has made, and frees the slots of those that have ended.
 * Not thread-safe.
 *
 * @param <W> what a slot works at
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class SlotScheduler<W extends SlotWork> {
  private final int maxSteps;
  private final List<@Nullable W> works = new ArrayList<>();
  private final boolean[] free;
  private final int[] steps;

  /** The outcome of a round. */
  public enum Round {
    /** A step was done. */
    STEPPED,
    /** Nothing is left to work at: no step was done. */
    EMPTY,
    /** The signal came; the step was not begun, or was given up and its outputs are undefined. */
    STOPPED
  }

  /** Runs a supervision step of all slots that work. */
  public interface Device {
    /**
     * Runs it.
     *
     * @param last for each slot, whether this is its last allowed step
     * @return whether it was done; false if it was given up
     */
    boolean step(boolean[] last);
  }

  /** Takes work that has ended, as its slot becomes free. */
  public interface Ended<W> {
    /** Takes it; may {@link SlotScheduler#release} others. */
    void ended(int slot, W work);
  }

  /**
   * Creates a scheduler whose slots are free.
   *
   * @param slots of the session
   * @param maxSteps supervision steps of any work, at most
   */
  public SlotScheduler(int slots, int maxSteps) {
    this.maxSteps = maxSteps;
    this.steps = new int[slots];
    this.free = new boolean[slots];
    Arrays.fill(free, true);
    for (int slot = 0; slot < slots; slot++) {
      works.add(null);
    }
  }

  /** Returns the number of slots. */
  public int slots() {
    return steps.length;
  }

  /**
   * Gives every free slot, in order, what comes next.
   *
   * @param source of work; null if there is none now
   */
  public void fill(Supplier<@Nullable W> source) {
    for (int slot = 0; slot < steps.length; slot++) {
      if (free[slot]) {
        W work = source.get();
        if (work != null) {
          resume(slot, work, 0, false);
          work.begin(slot);
        }
      }
    }
  }

  /** Takes up work that was begun elsewhere; its slot of the session is the caller's. */
  public void resume(int slot, W work, int done, boolean ended) {
    works.set(slot, work);
    steps[slot] = done;
    free[slot] = ended;
  }

  /**
   * Runs one round.
   *
   * @param stop asked before the step; a device may ask it half way
   * @param ended takes what has ended, in the order of slots
   */
  public Round round(
      Supplier<@Nullable W> source, BooleanSupplier stop, Device device, Ended<W> ended) {
    fill(source);
    boolean busy = false;
    boolean[] last = new boolean[steps.length];
    for (int slot = 0; slot < last.length; slot++) {
      busy |= !free[slot];
      last[slot] = !free[slot] && steps[slot] + 1 >= maxSteps;
    }
    if (!busy) {
      return Round.EMPTY;
    }
    if (stop.getAsBoolean() || !device.step(last)) {
      return Round.STOPPED;
    }
    for (int slot = 0; slot < last.length; slot++) {
      W work = working(slot);
      if (work != null) {
        work.stepped(slot, ++steps[slot]);
      }
    }
    // After all have been read: work that another one's end releases has taken this step as well.
    for (int slot = 0; slot < last.length; slot++) {
      W work = working(slot);
      if (work != null && (last[slot] || work.ends(slot, steps[slot]))) {
        free[slot] = true;
        ended.ended(slot, work);
      }
    }
    return Round.STEPPED;
  }

  /** Returns what a slot works at; null if it is free. */
  public @Nullable W working(int slot) {
    return free[slot] ? null : works.get(slot);
  }

  /** Returns what a slot works at, or worked at last; null if it never did. */
  public @Nullable W latest(int slot) {
    return works.get(slot);
  }

  /** Frees a slot whose work is given up. */
  public void release(int slot) {
    free[slot] = true;
  }

  /** Returns whether a slot is free. */
  public boolean isFree(int slot) {
    return free[slot];
  }

  /** Returns the supervision steps that a slot's latest work has had. */
  public int steps(int slot) {
    return steps[slot];
  }
}
