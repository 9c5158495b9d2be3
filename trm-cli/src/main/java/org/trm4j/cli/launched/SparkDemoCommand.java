package org.trm4j.cli.launched;

import org.apiguardian.api.API;
import picocli.CommandLine.Command;

/** Stands for {@code trm spark-demo} in the list of commands; the launcher builds trm-spark. */
@Command(
    name = "spark-demo",
    description = {
      "Solves, evaluates and trains on Apache Spark, with two executor processes on this machine.",
      "The launcher ./trm builds it and fetches Spark; see docs/SPARK.md."
    })
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SparkDemoCommand extends LaunchedCommand {
  /** Made by picocli. */
  public SparkDemoCommand() {
    super(
        "spark-demo: runs from a clone of the sources, which fetches Spark; start it there as ./trm spark-demo");
  }
}
