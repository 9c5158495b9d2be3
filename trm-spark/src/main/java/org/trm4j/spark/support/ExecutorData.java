package org.trm4j.spark.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;

/**
 * The data sets open in this executor's JVM: each is opened once and stays open until the JVM ends.
 * The driver reads none of them.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ExecutorData {
  /** {@code hdfs://...}, {@code id:hdfs://...}, either with options after a question mark. */
  private static final Pattern REMOTE =
      Pattern.compile("([A-Za-z0-9-]+:)?([A-Za-z][A-Za-z0-9+.-]*)(://[^?]*)(\\?.*)?");

  private static final Map<String, Dataset> OPENED = new ConcurrentHashMap<>();
  private static final Map<String, String> COPIED = new ConcurrentHashMap<>();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  OPENED.values().forEach(Dataset::close);
                  COPIED.values().forEach(ExecutorData::delete);
                },
                "trm-data-close"));
  }

  private ExecutorData() {}

  /**
   * Returns a data set.
   *
   * @param key identifies the data set and its options
   */
  public static Dataset get(String key, Function<String, Dataset> open) {
    return OPENED.computeIfAbsent(key, open);
  }

  /**
   * Returns the location of a data set for this JVM. Files on another file system are copied to
   * this machine, once.
   *
   * @param location as {@code trm --data} takes it, with a path that Hadoop reads if it has a
   *     scheme
   */
  public static DatasetLocation locate(String location) {
    Matcher remote = REMOTE.matcher(location);
    if (!remote.matches()) {
      return DataText.locate(location);
    }
    String id = remote.group(1) == null ? "" : remote.group(1);
    String options = remote.group(4) == null ? "" : remote.group(4);
    String place = remote.group(2) + remote.group(3);
    String local =
        remote.group(2).equals("file")
            ? new Path(place).toUri().getPath()
            : COPIED.computeIfAbsent(place, ExecutorData::copy);
    return DataText.locate(id + local + options);
  }

  private static String copy(String place) {
    Path from = new Path(place);
    try {
      FileSystem files = from.getFileSystem(configuration());
      if (!files.exists(from)) {
        throw new DatasetException("%s: no such file or folder".formatted(place));
      }
      java.nio.file.Path folder = Files.createTempDirectory("trm-data");
      java.nio.file.Path to = folder.resolve(from.getName());
      files.copyToLocalFile(false, from, new Path(to.toUri()), true);
      return to.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be read: %s".formatted(place, e), e);
    }
  }

  private static Configuration configuration() {
    SparkEnv env = SparkEnv.get();
    return env == null ? new Configuration() : SparkHadoopUtil.get().newConfiguration(env.conf());
  }

  private static void delete(String copied) {
    try {
      FileSystem local = FileSystem.getLocal(new Configuration());
      local.delete(new Path(copied).getParent(), true);
    } catch (IOException | RuntimeException e) {
      // Other programs clean the system's temporary folder.
    }
  }
}
