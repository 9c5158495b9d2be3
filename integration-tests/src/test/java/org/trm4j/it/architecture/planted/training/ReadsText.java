package org.trm4j.it.architecture.planted.training;

/** Planted: breaks a rule on purpose. */
final class ReadsText {
  @SuppressWarnings("unused")
  private final Class<?> type = org.trm4j.frontend.HaltingText.class;
}
