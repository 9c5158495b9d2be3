package uk.ac.manchester.tornado.planted;

/** Stands for a type of TornadoVM, which is not on this class path, in a planted violation. */
public final class Device {
  private Device() {}
}
