package io.micrometer.planted;

/** Stands for a type of Micrometer, which is not on this class path, in a planted violation. */
public final class Bean {
  private Bean() {}
}
