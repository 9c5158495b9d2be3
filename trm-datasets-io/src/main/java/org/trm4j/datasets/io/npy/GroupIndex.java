package org.trm4j.datasets.io.npy;

import org.apiguardian.api.API;

/**
 * How examples make puzzles (which share an identifier), and puzzles make groups (a puzzle and its
 * augmentations).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface GroupIndex {

  /** Returns the number of groups. */
  int groups();

  /** Returns the first puzzle of a group; of group {@link #groups()} the number of puzzles. */
  int firstPuzzle(int group);

  /** Returns the first example of a puzzle; of the puzzle after the last the number of examples. */
  int firstExample(int puzzle);
}
