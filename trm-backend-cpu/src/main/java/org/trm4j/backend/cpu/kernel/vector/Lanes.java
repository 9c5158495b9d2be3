package org.trm4j.backend.cpu.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM: the machine's, or the one that {@link VectorWidth#PROPERTY} sets.
 */
final class Lanes {
  // Species must be constants to the JIT compiler, so the width is chosen once per JVM.
  static final VectorSpecies<Float> FLOATS = species();
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  static final int COUNT = FLOATS.length();

  private Lanes() {}

  private static VectorSpecies<Float> species() {
    String forced = System.getProperty(VectorWidth.PROPERTY, "");
    return switch (forced) {
      case "" -> widest();
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException(
              VectorWidth.PROPERTY + ": " + forced + ", expected 128, 256 or 512");
    };
  }

  private static VectorSpecies<Float> widest() {
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return bits >= 512
        ? FloatVector.SPECIES_512
        : bits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  }

  /**
   * Returns whether the machine has 32 vector registers at this width: with AVX-512, also for
   * narrower vectors, and on Arm.
   */
  static boolean manyRegisters() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
        || System.getProperty("os.arch", "").equals("aarch64");
  }
}
