package org.trm4j.backend.cpu;

import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;

/** {@link AvailabilityTest} runs this as a process. */
final class PrintAvailability {
  private PrintAvailability() {}

  public static void main(String[] arguments) {
    System.out.println(new CpuVectorProvider().availability());
    try (Backend backend = new CpuVectorProvider().open(BackendOptions.DEFAULT)) {
      System.out.println(backend.device());
    } catch (BackendException e) {
      System.out.println(e.getMessage());
    }
    System.out.println("cpu-amx: " + new CpuAmxProvider().availability());
    try (Backend backend = new CpuAmxProvider().open(BackendOptions.DEFAULT.withThreads(1))) {
      System.out.println(backend.device());
    } catch (BackendException e) {
      System.out.println(e.getMessage());
    }
    try (Backend backend = new CpuScalarProvider().open(BackendOptions.DEFAULT.withThreads(1))) {
      System.out.println(backend.device());
    }
  }
}
