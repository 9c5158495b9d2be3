package org.trm4j.it.architecture.planted.datasets;

/** Planted: breaks a rule on purpose. */
final class ReadsFiles {
  @SuppressWarnings("unused")
  private final Class<?> type = org.apache.commons.csv.CSVFormat.class;
}
