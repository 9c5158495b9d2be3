package org.trm4j.it.architecture.planted.cli;

/** Planted: breaks a rule on purpose. */
public final class Command {
  private Command() {}
}
