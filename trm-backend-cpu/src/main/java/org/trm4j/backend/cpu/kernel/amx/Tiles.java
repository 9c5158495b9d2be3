package org.trm4j.backend.cpu.kernel.amx;

/** Multiplies tiles: on the machine, or on a model of it. */
public interface Tiles {

  /** Runs one call; throws IndexOutOfBoundsException if it would leave its memory. */
  void run(TileCall call);

  /** Returns a short description of what it runs on. */
  String description();
}
