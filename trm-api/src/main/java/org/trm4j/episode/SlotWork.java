package org.trm4j.episode;

import org.apiguardian.api.API;

/** What a slot works at from its start to its end: one attempt at a puzzle, or one example. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface SlotWork {

  /** Puts the puzzle into a slot of the session and feeds it what the first step shows. */
  void begin(int slot);

  /**
   * Takes what a supervision step has made; where the work goes on, feeds what the next step shows.
   *
   * @param steps supervision steps that the work has had, this one included
   */
  void stepped(int slot, int steps);

  /**
   * Returns whether the work is over after so many steps. Asked after every slot has been {@link
   * #stepped}, and not at all after the last allowed step.
   */
  boolean ends(int slot, int steps);
}
