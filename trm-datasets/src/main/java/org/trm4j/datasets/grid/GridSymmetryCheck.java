package org.trm4j.datasets.grid;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;

/**
 * Checks symmetries on data before they are used: a puzzle and its answer, both turned, must keep
 * the rules, and must not contradict the answer that the data gives to the turned puzzle.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class GridSymmetryCheck {
  private static final int MOST_PAIRS = 2_000;
  private static final int DRAWS = 4;

  private final GridDomain domain;
  private final Verifier verifier;
  private final GridCodec codec;
  private final SplittableRandom random = new SplittableRandom(20_250_401);
  private int checked;
  private int met;

  /** Creates a check. */
  public GridSymmetryCheck(GridDomain domain) {
    this.domain = domain;
    this.verifier = domain.verifier().orElseThrow();
    this.codec = new GridCodec(domain.alphabet(), domain.frame(), domain.rules());
  }

  /**
   * Checks examples; throws {@link DatasetException} that shows the pair that breaks.
   *
   * @return what was checked, a line
   */
  public String check(Iterable<? extends ExampleSource> sources) {
    Map<String, int[]> answers = new HashMap<>();
    for (ExampleSource source : sources) {
      for (int i = 0; i < source.size(); i++) {
        Example example = source.get(i);
        answers.putIfAbsent(Arrays.toString(example.tokens()), example.labels());
      }
    }
    for (ExampleSource source : sources) {
      int step = Math.max(1, source.size() / MOST_PAIRS);
      for (int i = 0; i < source.size(); i += step) {
        check(source.get(i), answers);
      }
    }
    return "symmetries: %s hold for %s turned pairs, %s"
        .formatted(
            domain.gridSymmetries().written(),
            checked,
            verifier.complete()
                ? "by the rules"
                : "%s of which the data answers too; without rules nothing else can be said"
                    .formatted(met));
  }

  private void check(Example example, Map<String, int[]> answers) {
    for (int symmetry : domain.gridSymmetries().dihedral()) {
      if (symmetry > 0) {
        check(example, domain.gridSymmetries().turn(example.tokens(), symmetry), answers);
      }
    }
    for (int draw = 0; draw < DRAWS; draw++) {
      check(example, domain.gridSymmetries().draw(example.tokens(), random), answers);
    }
  }

  private void check(Example example, Symmetry symmetry, Map<String, int[]> answers) {
    int[] question = symmetry.apply(example.tokens());
    int[] answer = symmetry.apply(example.labels());
    Verification verification = verifier.verify(question, answer);
    checked++;
    if (verification.outcome() == Verification.Outcome.WRONG) {
      throw refusal(example, question, answer, verification.detail());
    }
    int[] known = answers.get(Arrays.toString(question));
    met += known == null ? 0 : 1;
    if (known != null && !Arrays.equals(known, answer) && !verifier.complete()) {
      throw refusal(example, question, answer, "the data answers it " + codec.rows(known));
    }
  }

  private DatasetException refusal(Example example, int[] question, int[] answer, String why) {
    return new DatasetException(
        "symmetries: %s breaks a pair: %s -> %s becomes %s -> %s: %s"
            .formatted(
                domain.gridSymmetries().written(),
                codec.rows(example.tokens()),
                codec.rows(example.labels()),
                codec.rows(question),
                codec.rows(answer),
                why));
  }
}
