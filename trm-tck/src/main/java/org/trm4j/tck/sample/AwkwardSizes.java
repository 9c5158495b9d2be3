package org.trm4j.tck.sample;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Sizes of 1, around the vector widths of 4, 8 and 16 lanes, primes, and one of a real model. The
 * inner width of a SwiGLU is a multiple of 256, as its contract says.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class AwkwardSizes {
  private static final OperationSizes MIDDLE = new OperationSizes(5, 2, 18, 256, 3);

  private AwkwardSizes() {}

  /** Returns one size in the middle of {@link #of}. */
  public static OperationSizes middle(OperationKind kind) {
    return kind == OperationKind.GRID_CONVOLUTION ? OperationSizes.grid(3, 5, 18, 3) : MIDDLE;
  }

  public static List<OperationSizes> of(OperationKind kind) {
    if (kind == OperationKind.GRID_CONVOLUTION) {
      return grids();
    }
    List<OperationSizes> list = new ArrayList<>();
    boolean rotary = kind == OperationKind.ROTARY_SELF_ATTENTION;
    int[][] tokensPrefixHiddenInnerHeads = {
      {1, 0, 1, 256, 1},
      {1, 0, 2, 256, 1},
      {2, 1, 3, 256, 1},
      {3, 0, 4, 256, 2},
      {5, 0, 5, 256, 5},
      {7, 1, 7, 256, 1},
      {8, 0, 8, 256, 2},
      {9, 2, 9, 256, 3},
      {15, 0, 15, 256, 5},
      {16, 1, 16, 256, 4},
      {17, 0, 17, 256, 1},
      {13, 3, 31, 256, 1},
      {31, 2, 34, 256, 2},
      {37, 0, 62, 256, 1},
      {81, 16, 64, 512, 4}
    };
    for (int[] s : tokensPrefixHiddenInnerHeads) {
      // Rotation needs pairs of channels.
      int hidden = rotary && s[2] / s[4] % 2 == 1 ? s[2] * 2 : s[2];
      list.add(new OperationSizes(s[0], s[1], hidden, s[3], s[4]));
    }
    return list;
  }

  /** Grids of one row, of one column and smaller than the kernel among them. */
  private static List<OperationSizes> grids() {
    return List.of(
        OperationSizes.grid(1, 1, 1, 1),
        OperationSizes.grid(1, 1, 3, 3),
        OperationSizes.grid(1, 7, 4, 3),
        OperationSizes.grid(7, 1, 5, 3),
        OperationSizes.grid(3, 5, 7, 1),
        OperationSizes.grid(3, 5, 8, 3),
        OperationSizes.grid(5, 3, 9, 3),
        OperationSizes.grid(5, 3, 15, 5),
        OperationSizes.grid(2, 3, 16, 7),
        OperationSizes.grid(4, 4, 17, 5),
        OperationSizes.grid(6, 7, 31, 3),
        OperationSizes.grid(9, 9, 64, 3));
  }
}
