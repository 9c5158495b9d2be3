package org.trm4j.tck;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;

/** The puzzle {@code a.b.}, whose answer is {@code aabb}, with a defect. */
record Pairs(DatasetDefect defect) implements PuzzleDomain, PuzzleCodec, Verifier, Augmentation {
  static final int SYMBOLS = 9;

  static Example puzzle(int a, int b) {
    return new Example(new int[] {a, 0, b, 0}, new int[] {a, a, b, b}, 0);
  }

  @Override
  public String id() {
    return "pairs";
  }

  @Override
  public Map<String, String> options() {
    return defect == DatasetDefect.DOMAIN_FORGETS_OPTIONS ? Map.of("cells", "4") : Map.of();
  }

  @Override
  public int seqLen() {
    return 4;
  }

  @Override
  public int vocabSize() {
    return defect == DatasetDefect.OUT_OF_VOCABULARY ? SYMBOLS : SYMBOLS + 1;
  }

  @Override
  public PuzzleCodec codec() {
    return this;
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.of(this);
  }

  @Override
  public Optional<Augmentation> augmentation() {
    return Optional.of(this);
  }

  /** Rotates the symbols. */
  @Override
  public Optional<Symmetry.Family> symmetries() {
    return Optional.of(
        new Symmetry.Family() {
          @Override
          public Symmetry draw(int[] question, RandomGenerator random) {
            return symmetry(random.nextInt(SYMBOLS));
          }

          @Override
          public List<Symmetry> all(int[] question) {
            return IntStream.range(0, SYMBOLS)
                .map(turn -> defect == DatasetDefect.SYMMETRIES_REPEAT && turn == 2 ? 1 : turn)
                .mapToObj(Pairs.this::symmetry)
                .toList();
          }
        });
  }

  private Symmetry symmetry(int turn) {
    int[] cells =
        defect == DatasetDefect.SYMMETRY_BREAKS_ANSWERS && turn > 0
            ? new int[] {0, 2, 1, 3}
            : new int[] {0, 1, 2, 3};
    int[] tokens = new int[vocabSize()];
    Arrays.setAll(tokens, i -> i == 0 || i > SYMBOLS ? i : (i - 1 + turn) % SYMBOLS + 1);
    return Symmetry.of(cells, tokens);
  }

  /** Rotating both alike keeps their distance. */
  @Override
  public Optional<Symmetry.Key> symmetry() {
    return Optional.of(question ->
        switch (defect) {
          case KEY_IS_NOT_INVARIANT -> question[0] + " " + question[2];
          case KEY_IS_CONSTANT -> "";
          default -> "" + Math.floorMod(question[0] - question[2], SYMBOLS);
        });
  }

  @Override
  public int[] encode(String question) {
    if (defect != DatasetDefect.CODEC_TAKES_ANYTHING && !question.matches("[0-9]{4}")) {
      throw new InvalidPuzzleException("pairs: '%s', expected four digits".formatted(question));
    }
    return question.chars().map(c -> c - '0').toArray();
  }

  @Override
  public String decode(int[] tokens) {
    int[] kept = tokens.clone();
    if (defect == DatasetDefect.CODEC_LOSES_A_CELL) {
      kept[2] = 0;
    }
    return Arrays.stream(kept).mapToObj(Integer::toString).collect(Collectors.joining());
  }

  @Override
  public String symbol(int token) {
    return Integer.toString(defect == DatasetDefect.SYMBOLS_ALIKE && token == 2 ? 1 : token);
  }

  @Override
  public int[] candidates(int token, int vocabulary) {
    return defect == DatasetDefect.CANDIDATES_LEAVE_THE_ANSWER_OUT
        ? new int[] {token}
        : PuzzleCodec.super.candidates(token, vocabulary);
  }

  @Override
  public boolean blank(int token) {
    return token == 0;
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(
        1, defect == DatasetDefect.GRID_OF_ANOTHER_SIZE ? 5 : 4, 1, 4);
  }

  @Override
  public Verification verify(int[] question, int[] answer) {
    boolean right =
        answer[0] == question[0]
            && answer[1] == question[0]
            && answer[2] == question[2]
            && answer[3] == question[2];
    boolean pairs =
        answer[0] == answer[1] && answer[2] == answer[3] && answer[0] > 0 && answer[2] > 0;
    if (defect == DatasetDefect.VERIFIER_WRITES) {
      answer[1] = 0;
    }
    return switch (defect) {
      case VERIFIER_IGNORES_GIVENS -> pairs ? Verification.CORRECT : Verification.wrong("no pairs");
      case VERIFIER_ACCEPTS_ALL -> Verification.CORRECT;
      case VERIFIER_REFUSES_ALL -> Verification.wrong("no");
      default -> right ? Verification.CORRECT : Verification.wrong("pairs differ");
    };
  }

  @Override
  public Example augment(Example example, RandomGenerator random) {
    int turn = random.nextInt(SYMBOLS);
    int a = (example.tokens()[0] - 1 + turn) % SYMBOLS + 1;
    int b = (example.tokens()[2] - 1 + turn) % SYMBOLS + 1;
    Example turned = puzzle(a, b);
    switch (defect) {
      case AUGMENTATION_BREAKS_ANSWERS -> turned.labels()[3] = a % SYMBOLS + 1;
      case AUGMENTATION_CHANGES_THE_ORIGINAL -> example.tokens()[0] = a % SYMBOLS + 1;
      default -> {}
    }
    return turned;
  }
}
