package org.trm4j.datasets.io.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apiguardian.api.API;

/** Which file holds which split. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TextSplits {
  private TextSplits() {}

  /**
   * Returns the files of a folder by split: {@code train.csv}, {@code test.csv.gz} and the like.
   */
  public static Map<String, Path> of(Path folder, Predicate<Path> accepts) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String split : new String[] {"train", "test"}) {
      for (String ending : new String[] {".csv", ".csv.gz", ".txt", ".txt.gz"}) {
        Path file = folder.resolve(split + ending);
        if (!files.containsKey(split) && Files.isRegularFile(file) && accepts.test(file)) {
          files.put(split, file);
        }
      }
    }
    return files;
  }

  /** Returns the split of a single file or folder: train when its name starts so, else test. */
  public static String name(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last != null && last.toString().startsWith("train") ? "train" : "test";
  }
}
