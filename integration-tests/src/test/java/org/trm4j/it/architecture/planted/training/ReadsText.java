package org.trm4j.it.architecture.planted.training;

/** Planted: breaks two rules on purpose. */
final class ReadsText {
  @SuppressWarnings("unused")
  private final Class<?> type = org.trm4j.frontend.HaltingText.class;

  @SuppressWarnings("unused")
  private final Class<?> settings = org.trm4j.training.frontend.SettingsText.class;
}
