package org.trm4j.dataset.spi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  /**
   * Returns the character of each token in the compact form, by token; without those that have no
   * single one, or that a later token shares: padding, which comes first, is written as an open
   * cell is.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default SortedMap<Integer, String> characters() {
    SortedMap<Integer, String> characters = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    int[] cells = new int[seqLen()];
    for (int token = vocabSize() - 1; token >= 0; token--) {
      Arrays.fill(cells, token);
      try {
        String text = codec().decode(cells);
        if (text.length() == cells.length && seen.add(text.substring(0, 1))) {
          characters.put(token, text.substring(0, 1));
        }
      } catch (RuntimeException e) {
        // A token that no cell may have, such as padding.
        continue;
      }
    }
    return characters;
  }

  /**
   * Returns the tokens [S] of an answer in compact form, in which line ends do not count, nor
   * spaces unless a token is written as one; a dot is an open cell. Unlike a question, an answer
   * may break the puzzle's rules and have open cells.
   *
   * @throws InvalidPuzzleException that says which characters and how many are expected
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default int[] encodeAnswer(String answer) {
    Map<Integer, String> characters = characters();
    if (characters.isEmpty()) {
      // No token is a character, as in the grids of ARC, whose answers are written as questions.
      return codec().encode(answer);
    }
    String text = answer.replaceAll("\\s", "");
    if (text.length() != seqLen() && characters.containsValue(" ")) {
      text = codec().grid().cells(answer);
    }
    if (text.length() != seqLen()) {
      throw new InvalidPuzzleException(
          "answer of %s characters, expected %s".formatted(text.length(), seqLen()));
    }
    Map<String, Integer> known = new LinkedHashMap<>();
    characters.forEach((token, character) -> known.put(character, token));
    List<Integer> blank = known.values().stream().filter(codec()::blank).toList();
    if (blank.size() == 1) {
      known.putIfAbsent(".", blank.getFirst());
    }
    int[] tokens = new int[text.length()];
    for (int i = 0; i < tokens.length; i++) {
      Integer token = known.get(text.substring(i, i + 1));
      if (token == null) {
        throw new InvalidPuzzleException(
            "answer: character %s is '%s', expected one of %s"
                .formatted(i + 1, text.charAt(i), String.join("", known.keySet())));
      }
      tokens[i] = token;
    }
    return tokens;
  }

  /** Returns the symmetries, where the puzzle has any that permute its cells and tokens. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default Optional<Symmetry.Family> symmetries() {
    return Optional.empty();
  }

  /** Returns what training varies examples by; a symmetry at random where there are symmetries. */
  default Optional<Augmentation> augmentation() {
    return symmetries().map(Augmentation::of);
  }

  /** Returns what tells equal puzzles under symmetry, where the puzzle has symmetries. */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default Optional<Symmetry.Key> symmetry() {
    return Optional.empty();
  }

  /**
   * How the S tokens of a puzzle lie on a grid, row by row.
   *
   * @param rows of the grid
   * @param columns of the grid; rows x columns = S
   * @param boxRows rows between two thick lines; equal to rows for none
   * @param boxColumns columns between two thick lines; equal to columns for none
   */
  record GridShape(int rows, int columns, int boxRows, int boxColumns) {
    /**
     * Returns the cells of a text whose spaces are cells, without line ends. Where it has a line
     * for each row, spaces that an editor cut off at the end of a line are put back.
     */
    @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
    public String cells(String text) {
      String joined = text.replaceAll("[\\r\\n]", "");
      List<String> lines = text.lines().toList();
      int width = lines.stream().mapToInt(String::length).max().orElse(0);
      if (joined.length() == rows * columns || lines.size() != rows || width > columns) {
        return joined;
      }
      return lines.stream()
          .map(line -> line + " ".repeat(columns - line.length()))
          .collect(Collectors.joining());
    }
  }
}
