package org.trm4j.it.architecture.planted.backend.cpu;

/** Planted: breaks a rule on purpose. */
public final class Kernel {
  private Kernel() {}
}
