package org.trm4j.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.trm4j.spark.training.LocalSteps;

/** A driver in a separate process, which trains until it is killed. */
final class LostDriver {
  private static final String READY = "the driver may be killed";

  private LostDriver() {}

  /** Trains; in the middle of a step it reports that and stops working. */
  public static void main(String[] args) {
    long last = Long.parseLong(args[1]);
    Trainings.Losses losses =
        new Trainings.Losses() {
          @Override
          public void stepped(long step) {
            if (step == last) {
              System.out.println(READY);
              waitForever();
            }
          }
        };
    Trainings.onSpark(
        Cluster.inThisJvm().sparkContext(),
        Trainings.config(Integer.parseInt(args[2]), "run.checkpointEvery=" + args[3]),
        Path.of(args[0]),
        2,
        LocalSteps.EXACT,
        losses);
  }

  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Trains in another process, which is killed (SIGKILL) after a step.
   *
   * @param step the last that was done
   * @param steps of the run
   * @param checkpointEvery steps
   */
  static void runUntil(int step, int steps, int checkpointEvery, Path folder) {
    List<String> command =
        Cluster.java(
            LostDriver.class,
            folder.toString(),
            Integer.toString(step),
            Integer.toString(steps),
            Integer.toString(checkpointEvery));
    StringBuilder said = new StringBuilder();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        while (line != null && !line.equals(READY)) {
          said.append(line).append('\n');
          line = lines.readLine();
        }
        if (line == null) {
          throw new AssertionError("the driver ended by itself:\n" + said);
        }
      } finally {
        process.destroyForcibly();
      }
      process.waitFor();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
