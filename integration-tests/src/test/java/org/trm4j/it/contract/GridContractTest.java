package org.trm4j.it.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.tck.DatasetContract;

/** {@code grid} keeps the contract of data sets; its file is one of Latin squares. */
class GridContractTest extends DatasetContract {
  private static final int SIZE = 5;
  private static final int COUNT = 120;

  @TempDir private Path folder;

  @Override
  protected DatasetProvider provider() {
    return Trm.standard().plugins().datasets().get("grid");
  }

  @Override
  protected Map<String, String> options(long seed) {
    return Map.of(
        "rules",
        "rows,columns:all-different(12345)",
        "symmetries",
        "rotations,permute(12345)",
        "testShare",
        "25");
  }

  @Override
  protected Dataset dataset(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder rows = new StringBuilder("question,answer\n");
    for (int i = 0; i < COUNT; i++) {
      int[] first = permutation(random);
      int[] shifts = permutation(random);
      StringBuilder question = new StringBuilder();
      StringBuilder answer = new StringBuilder();
      for (int cell = 0; cell < SIZE * SIZE; cell++) {
        int digit = first[(cell % SIZE + shifts[cell / SIZE]) % SIZE] + 1;
        answer.append(digit);
        question.append(random.nextInt(3) == 0 ? "." : String.valueOf(digit));
      }
      rows.append(question).append(',').append(answer).append('\n');
    }
    try {
      Path file = Files.writeString(folder.resolve("squares" + seed + ".csv"), rows);
      return Trm.standard().read("grid", file, options(seed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] permutation(SplittableRandom random) {
    return random.ints(0, SIZE).distinct().limit(SIZE).toArray();
  }
}
