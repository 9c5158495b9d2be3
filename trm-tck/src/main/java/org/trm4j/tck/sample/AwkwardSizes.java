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
  public static final OperationSizes MIDDLE = new OperationSizes(5, 2, 18, 256, 3);

  private AwkwardSizes() {}

  public static List<OperationSizes> of(OperationKind kind) {
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
}
