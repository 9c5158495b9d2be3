package org.trm4j.spark.support;

import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/** Turns failures of a job into the library's own exceptions where they are such. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Failure {
  private Failure() {}

  /**
   * Runs a job.
   *
   * @throws TrmException or IllegalArgumentException if a task failed with one, with its one-line
   *     message
   */
  public static <T> T unwrapped(Callable<T> job) {
    try {
      return job.call();
    } catch (RuntimeException e) {
      throw ofTask(e, e);
    } catch (Exception e) {
      throw ofTask(e, new IllegalStateException("Spark: " + firstLine(e), e));
    }
  }

  private static RuntimeException ofTask(Throwable thrown, RuntimeException otherwise) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TrmException || cause instanceof IllegalArgumentException) {
        return (RuntimeException) cause;
      }
    }
    return thrown instanceof SparkException
        ? new IllegalStateException("Spark: " + firstLine(thrown), thrown)
        : otherwise;
  }

  /** Returns the first line of a failure's message. */
  public static String firstLine(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
