package org.trm4j.it.architecture.planted.backend.cpu.kernel;

/** Planted: a room's class, named by {@link org.trm4j.it.architecture.planted.impl.UsesRooms}. */
public final class Kernel {
  private Kernel() {}
}
