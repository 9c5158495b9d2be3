package org.trm4j.it.architecture.planted.impl;

/** Planted: breaks a rule on purpose. */
final class First {
  private First() {}

  static String name() {
    return org.trm4j.it.architecture.planted.spi.Cycle.name();
  }
}
