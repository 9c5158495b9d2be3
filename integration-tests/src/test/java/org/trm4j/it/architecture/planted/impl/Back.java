package org.trm4j.it.architecture.planted.impl;

/** Planted: breaks a rule on purpose. */
public final class Back {
  private Back() {}

  /** Returns a name. */
  public static String name() {
    return "back";
  }
}
