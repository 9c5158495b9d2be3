package org.trm4j.it.architecture.planted.spi;

/** Planted: breaks a rule on purpose. */
public final class Helper {
  private Helper() {}
}
