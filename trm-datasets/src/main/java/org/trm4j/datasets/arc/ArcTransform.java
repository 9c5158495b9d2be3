package org.trm4j.datasets.arc;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.support.Dihedral;

/**
 * An augmentation of a task: new colours (black stays), then a dihedral symmetry. Written as the
 * published builder writes it: {@code |||t3|||0417625839}.
 *
 * @param symmetry 0 to 7, {@link Dihedral}
 * @param colours four bits a colour: the new colour of colour c from bit 4c
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ArcTransform(int symmetry, long colours) {
  /** Leaves a task as it is. */
  public static final ArcTransform IDENTITY = new ArcTransform(0, 0x9876543210L);

  private static final String SEPARATOR = "|||";

  /** Draws an augmentation as the published builder does. */
  public static ArcTransform random(RandomGenerator random) {
    int symmetry = random.nextInt(Dihedral.COUNT);
    int[] order = new int[10];
    for (int colour = 1; colour < 10; colour++) {
      int j = 1 + random.nextInt(colour);
      order[colour] = order[j];
      order[j] = colour;
    }
    long colours = 0;
    for (int colour = 0; colour < 10; colour++) {
      colours |= (long) order[colour] << (4 * colour);
    }
    return new ArcTransform(symmetry, colours);
  }

  /** Returns the name of the task of an augmented task's name. */
  public static String taskOf(String name) {
    int at = name.indexOf(SEPARATOR);
    return at < 0 ? name : name.substring(0, at);
  }

  /** Returns the augmentation of an augmented task's name; the identity where it names none. */
  public static ArcTransform of(String name) {
    if (!name.contains(SEPARATOR)) {
      return IDENTITY;
    }
    String[] parts = name.split("\\|\\|\\|", -1);
    String symmetry = parts[parts.length - 2];
    String digits = parts[parts.length - 1];
    if (!symmetry.matches("t[0-7]")
        || digits.length() != 10
        || !digits.matches("[0-9]+")
        || digits.chars().distinct().count() != 10) {
      throw new DatasetException(
          "arc: identifier %s, expected task|||t0 to t7|||the ten colours".formatted(name));
    }
    long colours = 0;
    for (int colour = 0; colour < 10; colour++) {
      colours |= (long) (digits.charAt(colour) - '0') << (4 * colour);
    }
    return new ArcTransform(symmetry.charAt(1) - '0', colours);
  }

  /** Returns the augmented task's name. */
  public String name(String task) {
    StringBuilder name = new StringBuilder(task);
    name.append(SEPARATOR).append('t').append(symmetry).append(SEPARATOR);
    for (int colour = 0; colour < 10; colour++) {
      name.append((char) ('0' + colour(colour)));
    }
    return name.toString();
  }

  /** Returns the new colour of a colour. */
  public int colour(int colour) {
    return (int) (colours >>> (4 * colour)) & 15;
  }

  /** Returns the augmented grid. */
  public ArcGrid apply(ArcGrid grid) {
    return map(grid, symmetry, colours);
  }

  /** Returns the original of an augmented grid. */
  public ArcGrid undo(ArcGrid grid) {
    long inverse = 0;
    for (int colour = 0; colour < 10; colour++) {
      inverse |= (long) colour << (4 * colour(colour));
    }
    return map(grid, Dihedral.inverse(symmetry), inverse);
  }

  private static ArcGrid map(ArcGrid grid, int symmetry, long colours) {
    boolean turns = Dihedral.turns(symmetry);
    int rows = turns ? grid.columns() : grid.rows();
    int columns = turns ? grid.rows() : grid.columns();
    byte[] from = grid.cells();
    byte[] cells = new byte[from.length];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int first = Dihedral.source(symmetry, grid.rows(), grid.columns(), row, 0);
      int step =
          columns > 1 ? Dihedral.source(symmetry, grid.rows(), grid.columns(), row, 1) - first : 0;
      for (int column = 0; column < columns; column++) {
        cells[at++] = (byte) ((colours >>> (4 * from[first + column * step])) & 15);
      }
    }
    return new ArcGrid(rows, columns, cells);
  }
}
