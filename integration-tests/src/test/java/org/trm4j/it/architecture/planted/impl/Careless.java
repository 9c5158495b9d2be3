package org.trm4j.it.architecture.planted.impl;

/** Planted: breaks a rule on purpose. */
final class Careless {
  static int calls;

  private Careless() {}

  static long everything() throws java.io.IOException {
    calls++;
    System.out.println("printed");
    System.setProperty("careless", "true");
    java.net.URI.create("file:none").toURL().openStream().close();
    java.util.ServiceLoader.load(Runnable.class).findFirst();
    long bits =
        new java.util.Random().nextLong() + jdk.incubator.vector.FloatVector.SPECIES_MAX.length();
    try (var out = new java.io.ObjectOutputStream(new java.io.ByteArrayOutputStream());
        var socket = new java.net.Socket()) {
      return bits + out.hashCode() + socket.hashCode();
    }
  }
}
