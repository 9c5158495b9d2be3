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

/** {@code arc} keeps the contract of data sets; its tasks are made of random grids. */
class ArcContractTest extends DatasetContract {
  @TempDir private Path folder;

  @Override
  protected DatasetProvider provider() {
    return Trm.standard().plugins().datasets().get("arc");
  }

  @Override
  protected Map<String, String> options(long seed) {
    return Map.of("augmentations", "3", "seed", Long.toString(seed));
  }

  @Override
  protected Dataset dataset(long seed) {
    SplittableRandom random = new SplittableRandom(17);
    try {
      for (String subset : new String[] {"training", "evaluation"}) {
        StringBuilder tasks = new StringBuilder();
        for (int task = 0; task < 6; task++) {
          tasks.append(tasks.isEmpty() ? "{" : ", ");
          tasks.append(
              "\"%s%s\": {\"train\": [%s, %s], \"test\": [%s]}"
                  .formatted(subset, task, pair(random), pair(random), pair(random)));
        }
        Files.writeString(folder.resolve("arc_" + subset + "_challenges.json"), tasks + "}");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Trm.standard().read("arc", folder, options(seed));
  }

  private static String pair(SplittableRandom random) {
    return "{\"input\": %s, \"output\": %s}".formatted(grid(random), grid(random));
  }

  private static String grid(SplittableRandom random) {
    int columns = random.nextInt(2, 31);
    StringBuilder grid = new StringBuilder("[");
    for (int row = random.nextInt(2, 31); row > 0; row--) {
      grid.append(grid.length() == 1 ? "[" : ", [");
      for (int column = 0; column < columns; column++) {
        grid.append(column == 0 ? "" : ", ").append(random.nextInt(10));
      }
      grid.append(']');
    }
    return grid.append(']').toString();
  }
}
