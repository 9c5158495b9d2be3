package org.trm4j.datasets.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.datasets.support.Dihedral;

/**
 * The symmetries that turn a grid puzzle into another one: {@code rotations}, {@code reflections},
 * {@code transpose}, {@code permute(SYMBOLS)}, {@code bands(RxC)} (rows within bands of R, the
 * bands, columns within stacks of C, the stacks); {@code arrows(<>^v)} names symbols that point
 * left, right, up and down and turn with the grid.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class GridSymmetries implements Symmetry.Family {
  /** The way that arrow 0 to 3 points: left, right, up, down, as row and column. */
  private static final int[][] WAYS = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}};

  private static final int[] IDENTITY = {0};

  private final String written;
  private final GridAlphabet alphabet;
  private final GridFrame frame;
  private int[] dihedral = IDENTITY;
  private final List<int[]> permuted = new ArrayList<>();
  private int @Nullable [] arrows;
  private int bandRows;
  private int bandColumns;

  private GridSymmetries(String written, GridAlphabet alphabet, GridFrame frame) {
    this.written = written;
    this.alphabet = alphabet;
    this.frame = frame;
  }

  /** Reads symmetries. */
  static GridSymmetries parse(String written, GridAlphabet alphabet, GridFrame frame) {
    GridSymmetries symmetries = new GridSymmetries(written.strip(), alphabet, frame);
    TreeSet<Integer> generators = new TreeSet<>();
    for (String part : GridRuleParser.split(written, ',')) {
      symmetries.add(part.strip(), generators);
    }
    symmetries.dihedral = closure(generators);
    return symmetries;
  }

  private void add(String part, TreeSet<Integer> generators) {
    Matcher call = Pattern.compile("([a-z]+)(?:\\((.*)\\))?").matcher(part);
    String name = call.matches() ? call.group(1) : part;
    String argument = call.matches() && call.group(2) != null ? call.group(2) : "";
    boolean square = frame.rows() == frame.columns();
    switch (name) {
      case "" -> {}
      case "rotations" -> generators.add(square ? 1 : 2);
      case "reflections" -> generators.addAll(List.of(4, 5));
      case "transpose" -> {
        if (!square) {
          throw new DatasetException(
              "symmetries: transpose needs as many rows as columns, these grids have %s and %s"
                  .formatted(frame.rows(), frame.columns()));
        }
        generators.add(6);
      }
      case "permute" -> permuted.add(tokens(argument));
      case "arrows" -> arrows = GridRuleParser.arrows(argument, alphabet);
      case "bands" -> bands(argument);
      default ->
          throw new DatasetException(
              "symmetries: '%s', expected rotations, reflections, transpose, permute(SYMBOLS), bands(RxC) or arrows(<>^v)"
                  .formatted(part));
    }
  }

  private int[] tokens(String symbols) {
    List<String> read = GridAlphabet.read(symbols);
    int[] tokens = new int[read.size()];
    for (int i = 0; i < tokens.length; i++) {
      Integer token = alphabet.tokens().get(read.get(i));
      if (token == null) {
        throw new DatasetException(
            "symmetries: permute: '%s' is none of the symbols %s"
                .formatted(read.get(i), GridAlphabet.list(alphabet.symbols())));
      }
      tokens[i] = token;
    }
    if (tokens.length < 2) {
      throw new DatasetException("symmetries: permute needs at least two symbols");
    }
    return tokens;
  }

  private void bands(String size) {
    Matcher matcher = Pattern.compile("(\\d{1,3})x(\\d{1,3})").matcher(size);
    if (!matcher.matches()) {
      throw new DatasetException("symmetries: expected bands(ROWSxCOLUMNS), such as bands(2x3)");
    }
    bandRows = Integer.parseInt(matcher.group(1));
    bandColumns = Integer.parseInt(matcher.group(2));
    if (bandRows < 1
        || bandColumns < 1
        || frame.rows() % bandRows != 0
        || frame.columns() % bandColumns != 0) {
      throw new DatasetException(
          "symmetries: bands(%s) does not divide %s rows and %s columns"
              .formatted(size, frame.rows(), frame.columns()));
    }
  }

  /** Returns everything that the generators make together. */
  private static int[] closure(TreeSet<Integer> generators) {
    TreeSet<Integer> group = new TreeSet<>(generators);
    group.add(0);
    int before = 0;
    while (group.size() > before) {
      before = group.size();
      for (int one : new ArrayList<>(group)) {
        for (int other : new ArrayList<>(group)) {
          group.add(product(one, other));
        }
      }
    }
    return group.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int product(int one, int other) {
    int[] cells = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    int[] both = Dihedral.square(other, Dihedral.square(one, cells, 3), 3);
    for (int symmetry = 0; symmetry < Dihedral.COUNT; symmetry++) {
      if (Arrays.equals(Dihedral.square(symmetry, cells, 3), both)) {
        return symmetry;
      }
    }
    throw new IllegalStateException("the symmetries of a square are a group");
  }

  /** Returns the symmetries as they were written. */
  public String written() {
    return written;
  }

  /** Returns each symmetry alone, with the arrows that turn with the grid. */
  public List<String> parts() {
    List<String> all = GridRuleParser.split(written, ',').stream().map(String::strip).toList();
    String turning =
        all.stream()
            .filter(part -> part.startsWith("arrows"))
            .findFirst()
            .map(a -> "," + a)
            .orElse("");
    return all.stream()
        .filter(part -> !part.isEmpty() && !part.startsWith("arrows"))
        .map(part -> part + turning)
        .toList();
  }

  /** Returns whether there are any. */
  public boolean any() {
    return dihedral.length > 1 || !permuted.isEmpty() || bandRows > 0;
  }

  GridAlphabet alphabet() {
    return alphabet;
  }

  GridFrame frame() {
    return frame;
  }

  List<int[]> permuted() {
    return permuted;
  }

  /** Returns whether rows and columns are exchanged. */
  public boolean hasBands() {
    return bandRows > 0;
  }

  int[] dihedral() {
    return dihedral.clone();
  }

  /** Draws a symmetry; of any two of them each is as likely. */
  @Override
  public Symmetry draw(int[] question, RandomGenerator random) {
    int turned = dihedral[random.nextInt(dihedral.length)];
    int[] names = identity(alphabet.vocabSize());
    for (int[] symbols : permuted) {
      int[] order = shuffled(identity(symbols.length), random);
      for (int i = 0; i < order.length; i++) {
        names[symbols[i]] = symbols[order[i]];
      }
    }
    int[] rows = bandRows > 0 ? lines(frame.rows(), bandRows, random) : identity(frame.rows());
    int[] columns =
        bandRows > 0 ? lines(frame.columns(), bandColumns, random) : identity(frame.columns());
    return turn(question, turned).then(Symmetry.of(order(rows, columns), names));
  }

  @Override
  public List<Symmetry> all(int[] question) {
    return bandRows > 0 || !permuted.isEmpty()
        ? List.of()
        : Arrays.stream(dihedral).mapToObj(symmetry -> turn(question, symmetry)).toList();
  }

  /** Returns the symmetry of the square, for the grid that lies in the frame. */
  Symmetry turn(int[] question, int symmetry) {
    int[] places = identity(frame.cells());
    if (symmetry == 0) {
      return Symmetry.of(places, identity(alphabet.vocabSize()));
    }
    GridFrame.Board board = frame.board(question);
    boolean turns = Dihedral.turns(symmetry);
    int high = turns ? board.columns : board.rows;
    int wide = turns ? board.rows : board.columns;
    int[] from = Dihedral.cells(symmetry, board.rows, board.columns);
    int[] cells = new int[frame.cells()];
    // Padding takes the place of padding.
    int[] padding =
        Arrays.stream(places).filter(cell -> !within(cell, board.rows, board.columns)).toArray();
    int pad = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      if (within(cell, high, wide)) {
        int source = from[cell / frame.columns() * wide + cell % frame.columns()];
        cells[cell] = source / board.columns * frame.columns() + source % board.columns;
      } else {
        cells[cell] = padding[pad++];
      }
    }
    return Symmetry.of(cells, turnedArrows(symmetry));
  }

  private boolean within(int cell, int rows, int columns) {
    return cell / frame.columns() < rows && cell % frame.columns() < columns;
  }

  private int[] turnedArrows(int symmetry) {
    int[] names = identity(alphabet.vocabSize());
    int[] pointing = arrows;
    if (pointing == null) {
      return names;
    }
    for (int from = 0; from < 4; from++) {
      int to = way(symmetry, from);
      if (pointing[from] > 0 && pointing[to] < 0) {
        throw new DatasetException(
            "symmetries: arrows: '%s' turns into a symbol that is none of %s; add it by the option symbols"
                .formatted(alphabet.symbol(pointing[from]), GridAlphabet.list(alphabet.symbols())));
      }
      if (pointing[from] > 0) {
        names[pointing[from]] = pointing[to];
      }
    }
    return names;
  }

  /** Returns where an arrow points after a symmetry of the square: looks where its point goes. */
  private static int way(int symmetry, int from) {
    int point = (1 + WAYS[from][0]) * 3 + 1 + WAYS[from][1];
    for (int to = 0; to < 4; to++) {
      if (Dihedral.source(symmetry, 3, 3, 1 + WAYS[to][0], 1 + WAYS[to][1]) == point) {
        return to;
      }
    }
    throw new IllegalStateException("a symmetry keeps the middle of a square");
  }

  private int[] order(int[] rows, int[] columns) {
    int[] cells = new int[frame.cells()];
    Arrays.setAll(
        cells,
        cell -> rows[cell / frame.columns()] * frame.columns() + columns[cell % frame.columns()]);
    return cells;
  }

  private static int[] lines(int count, int band, RandomGenerator random) {
    int[] bands = shuffled(identity(count / band), random);
    int[] lines = new int[count];
    for (int b = 0; b < bands.length; b++) {
      int[] inside = shuffled(identity(band), random);
      for (int i = 0; i < band; i++) {
        lines[b * band + i] = bands[b] * band + inside[i];
      }
    }
    return lines;
  }

  private static int[] identity(int n) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private static int[] shuffled(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}
