package org.trm4j.dataset.spi;

import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A kind of puzzle: what its tokens mean and by what rules it is checked. Needs no data; saved
 * models name it.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface PuzzleDomain {

  /** Returns the id of the provider that makes it, such as {@code sudoku}. */
  String id();

  /** Returns the options by which its provider makes it again, such as {@code size=9}. */
  Map<String, String> options();

  /** Returns S. */
  int seqLen();

  /** Returns V. */
  int vocabSize();

  /** Returns the codec. */
  PuzzleCodec codec();

  /** Returns the verifier, where the puzzle has rules to check an answer by. */
  Optional<Verifier> verifier();

  /** Returns the symmetries, where the puzzle has any that permute its cells and tokens. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default Optional<Symmetries> symmetries() {
    return Optional.empty();
  }

  /** Returns what training varies examples by; a symmetry at random where there are symmetries. */
  default Optional<Augmentation> augmentation() {
    return symmetries().map(Augmentation::of);
  }

  /** Returns what tells equal puzzles under symmetry, where the puzzle has symmetries. */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default Optional<SymmetryKey> symmetry() {
    return Optional.empty();
  }
}
