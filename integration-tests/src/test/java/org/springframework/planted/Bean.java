package org.springframework.planted;

/** Stands for a type of Spring, which is not on this class path, in a planted violation. */
public final class Bean {
  private Bean() {}
}
