package org.trm4j.it.architecture.planted.spi;

/** Planted: breaks a rule on purpose. */
public final class Cycle {
  private Cycle() {}

  /** Returns a name of the package that depends on this one. */
  public static String name() {
    return org.trm4j.it.architecture.planted.impl.Back.name();
  }
}
