package org.trm4j.dataset.spi;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * A permutation of cells and one of tokens that together turn a puzzle into another one, and its
 * answer into the other's. Immutable.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class Symmetry {
  private final int[] cells;
  private final int[] tokens;

  private Symmetry(int[] cells, int[] tokens) {
    this.cells = cells;
    this.tokens = tokens;
  }

  /**
   * Creates a symmetry.
   *
   * @param cells [S]: cell i of the result comes from {@code cells[i]}
   * @param tokens [V]: token v becomes {@code tokens[v]}
   * @throws IllegalArgumentException if one is no permutation
   */
  public static Symmetry of(int[] cells, int[] tokens) {
    return new Symmetry(permutation("cells", cells), permutation("tokens", tokens));
  }

  /** Returns the symmetry that changes nothing. */
  public static Symmetry identity(int cells, int tokens) {
    return new Symmetry(count(cells), count(tokens));
  }

  /** Returns a symmetry that moves cells, and leaves their tokens as they are. */
  public static Symmetry ofCells(int[] cells, int tokens) {
    return new Symmetry(permutation("cells", cells), count(tokens));
  }

  private static int[] count(int n) {
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static int[] permutation(String what, int[] values) {
    boolean[] seen = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      int value = values[i];
      if (value < 0 || value >= seen.length || seen[value]) {
        throw new IllegalArgumentException(
            "symmetry: %s[%s] is %s, expected each of 0 to %s once"
                .formatted(what, i, value, seen.length - 1));
      }
      seen[value] = true;
    }
    return values.clone();
  }

  /**
   * Returns a question, an answer or labels after this symmetry.
   *
   * @param before [S] tokens; negative ones, such as ignored labels, move with their cells and stay
   *     as they are
   */
  public int[] apply(int[] before) {
    expect(before.length, cells.length);
    int[] after = new int[before.length];
    for (int i = 0; i < after.length; i++) {
      int token = before[cells[i]];
      after[i] = token < 0 ? token : tokens[token];
    }
    return after;
  }

  /** Returns an example after this symmetry; its puzzle identifier stays. */
  public Example apply(Example example) {
    return new Example(
        apply(example.tokens()), apply(example.labels()), example.puzzleIdentifier());
  }

  /**
   * Returns one row of numbers for each cell after this symmetry. Rows of V numbers are one number
   * for each token, such as a set of possible tokens or logits, and move with the tokens; in rows
   * of another length the numbers keep their places.
   *
   * @param before [S, W], row by row
   * @param width W
   */
  public float[] applyToRows(float[] before, int width) {
    expect(before.length, cells.length * width);
    float[] after = new float[before.length];
    for (int i = 0; i < cells.length; i++) {
      for (int v = 0; v < width; v++) {
        int to = width == tokens.length ? tokens[v] : v;
        after[i * width + to] = before[cells[i] * width + v];
      }
    }
    return after;
  }

  /**
   * Returns the classes of rows of logits after this symmetry, as {@link #applyToRows} moves the
   * logits: where these are one for each token, the classes are tokens.
   *
   * @param before [S]; negative ones move with their cells and stay as they are
   * @param width logits of a row
   */
  public float[] applyToClasses(float[] before, int width) {
    expect(before.length, cells.length);
    float[] after = new float[before.length];
    for (int i = 0; i < after.length; i++) {
      float value = before[cells[i]];
      after[i] = value < 0 || width != tokens.length ? value : tokens[(int) value];
    }
    return after;
  }

  private static void expect(int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "symmetry: %s values, expected %s".formatted(found, expected));
    }
  }

  /** Returns the symmetry that undoes this one. */
  public Symmetry inverse() {
    return new Symmetry(inverse(cells), inverse(tokens));
  }

  private static int[] inverse(int[] permutation) {
    int[] inverse = new int[permutation.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[permutation[i]] = i;
    }
    return inverse;
  }

  /** Returns this symmetry followed by another one. */
  public Symmetry then(Symmetry next) {
    expect(next.cells.length, cells.length);
    expect(next.tokens.length, tokens.length);
    int[] bothCells = new int[cells.length];
    Arrays.setAll(bothCells, i -> cells[next.cells[i]]);
    int[] bothTokens = new int[tokens.length];
    Arrays.setAll(bothTokens, v -> next.tokens[tokens[v]]);
    return new Symmetry(bothCells, bothTokens);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Symmetry other
        && Arrays.equals(cells, other.cells)
        && Arrays.equals(tokens, other.tokens);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(cells) + Arrays.hashCode(tokens);
  }

  @Override
  public String toString() {
    return "Symmetry[cells=%s, tokens=%s]"
        .formatted(Arrays.toString(cells), Arrays.toString(tokens));
  }

  /**
   * The symmetries of a kind of puzzle: what training augments examples by, and attempts at a
   * puzzle see it under. Stateless.
   */
  @FunctionalInterface
  public interface Family {

    /**
     * Draws a symmetry of a question; which there are may depend on its size. It is one of the
     * question's answers as well.
     *
     * @param question [S] tokens
     */
    Symmetry draw(int[] question, RandomGenerator random);

    /**
     * Returns all symmetries of a question, the identity first, where there are few of them; empty
     * if there are too many to list.
     */
    default List<Symmetry> all(int[] question) {
      return List.of();
    }

    /** Returns the smallest of all forms of a question; only where {@link #all} lists them. */
    default int[] smallest(int[] question) {
      int[] best = question;
      for (Symmetry symmetry : all(question)) {
        int[] form = symmetry.apply(question);
        best = Arrays.compare(form, best) < 0 ? form : best;
      }
      return best;
    }
  }

  /**
   * Tells which questions are the same puzzle up to a symmetry of the augmentation. Stateless; used
   * to find duplicates and test puzzles that are training puzzles in disguise.
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  public interface Key {

    /** Returns a key that is equal for questions of one symmetry class. */
    String key(int[] question);

    /**
     * Returns whether two questions with the same key are of one symmetry class; always true if
     * only such questions share a key.
     */
    default boolean same(int[] one, int[] other) {
      return key(one).equals(key(other));
    }
  }
}
