package org.apache.spark.planted;

/** Stands for a type of Spark, which is not on this class path, in a planted violation. */
public final class Bean {
  private Bean() {}
}
