package org.trm4j.backend.cpu.kernel.amx;

/** What multiplies tiles: the machine, or the model of it. */
public interface Tiles {

  /** Computes one call; throws IndexOutOfBoundsException where it would leave its memory. */
  void run(TileCall call);

  /** Returns a few words about what it runs on. */
  String description();
}
