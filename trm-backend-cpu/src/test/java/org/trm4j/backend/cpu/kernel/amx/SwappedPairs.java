package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A planted error: the two numbers of each pair of the right factor in the wrong order. */
public final class SwappedPairs implements Tiles {
  private final Tiles model = new TileModel();

  @Override
  public void run(TileCall call) {
    call.check();
    MemorySegment right = call.right;
    MemorySegment swapped = Arena.ofAuto().allocate(right.byteSize(), 64);
    for (long at = 0; at < right.byteSize() / 4; at++) {
      int pair = right.getAtIndex(ValueLayout.JAVA_INT, at);
      swapped.setAtIndex(ValueLayout.JAVA_INT, at, Integer.rotateLeft(pair, 16));
    }
    call.right = swapped;
    model.run(call);
    call.right = right;
  }

  @Override
  public String description() {
    return "swapped pairs";
  }
}
