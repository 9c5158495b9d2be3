package org.trm4j.datasets.grid;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verifier;

/**
 * Grid puzzles of one kind.
 *
 * @param alphabet their symbols
 * @param frame their size
 * @param rules the rules of a right answer; none if not given
 * @param gridSymmetries what turns one puzzle into another
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record GridDomain(
    GridAlphabet alphabet, GridFrame frame, GridRules rules, GridSymmetries gridSymmetries)
    implements PuzzleDomain {
  @Override
  public String id() {
    return GridProvider.ID;
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    options.put("rows", String.valueOf(frame.rows()));
    options.put("columns", String.valueOf(frame.columns()));
    options.put("symbols", GridAlphabet.list(alphabet.symbols()));
    options.put("open", GridAlphabet.list(inOrder(alphabet.open())));
    options.put("fill", GridAlphabet.list(inOrder(alphabet.fill())));
    options.put("rules", rules.written());
    options.put("symmetries", gridSymmetries.written());
    return options;
  }

  private Iterable<String> inOrder(java.util.Set<String> some) {
    return alphabet.symbols().stream().filter(some::contains).toList();
  }

  @Override
  public int seqLen() {
    return frame.cells();
  }

  @Override
  public int vocabSize() {
    return alphabet.vocabSize();
  }

  @Override
  public GridCodec codec() {
    return new GridCodec(alphabet, frame, rules);
  }

  /** Takes the forms of a question: rows that stand apart, and a grid smaller than the largest. */
  @Override
  public int[] encodeAnswer(String answer) {
    GridCodec codec = codec();
    return frame.tokens(codec.read(answer));
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.of(new GridVerifier(alphabet, frame, rules));
  }

  @Override
  public Optional<Symmetry.Family> symmetries() {
    return gridSymmetries.any() ? Optional.of(gridSymmetries) : Optional.empty();
  }

  @Override
  public Optional<Symmetry.Key> symmetry() {
    return gridSymmetries.any()
        ? Optional.of(new GridSymmetryKey(gridSymmetries))
        : Optional.empty();
  }
}
