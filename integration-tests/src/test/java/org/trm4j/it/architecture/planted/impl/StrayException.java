package org.trm4j.it.architecture.planted.impl;

/** Not a child of the library's own exception. */
public final class StrayException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
