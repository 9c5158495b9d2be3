package org.trm4j.it.architecture.planted.impl;

/** Planted: breaks a rule on purpose. */
public final class UsesRooms {
  @SuppressWarnings("unused")
  private final Class<?> cpu = org.trm4j.it.architecture.planted.backend.cpu.kernel.Kernel.class;

  @SuppressWarnings("unused")
  private final Class<?> tornado =
      org.trm4j.it.architecture.planted.backend.tornado.kernel.Kernel.class;
}
