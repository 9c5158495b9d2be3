package org.trm4j.it.architecture.planted.spark;

/** Planted: breaks a rule on purpose. */
final class UsesCommand {
  @SuppressWarnings("unused")
  private final Class<?> type = org.trm4j.it.architecture.planted.cli.Command.class;
}
