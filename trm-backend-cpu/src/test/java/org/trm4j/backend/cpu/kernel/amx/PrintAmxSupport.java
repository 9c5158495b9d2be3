package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Prints what a JVM lacks on a processor with AMX and a system that allows everything. */
final class PrintAmxSupport {
  private PrintAmxSupport() {}

  private static final class Allowing implements SystemCalls {
    @Override
    public void requestTiles() {}

    @Override
    public MemorySegment executable(byte[] code) {
      return MemorySegment.ofArray(code);
    }
  }

  public static void main(String[] args) {
    AmxSupport.Missing missing =
        new AmxSupport(
                "Linux",
                "amd64",
                Path.of(args[0]),
                PrintAmxSupport.class.getModule(),
                Allowing::new)
            .missing();
    System.out.println(missing == null ? "nothing is missing" : missing);
  }
}
