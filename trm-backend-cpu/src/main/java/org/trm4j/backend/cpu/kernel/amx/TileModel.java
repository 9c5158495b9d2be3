package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;

/**
 * The machine code in Java, instruction by instruction, on a model of the tiles. It takes the same
 * arguments and packed memory, runs on every machine, and is hundreds of times slower.
 */
public final class TileModel implements Tiles {
  private final ThreadLocal<TileUnit> units = ThreadLocal.withInitial(TileUnit::new);

  @Override
  public String description() {
    return "Java model of AMX tiles, bfloat16 products";
  }

  @Override
  public void run(TileCall call) {
    call.check();
    TileUnit unit = units.get();
    unit.configure(call.configuration());
    MemorySegment a = call.left;
    MemorySegment c = call.result;
    long lda = call.get(TileCall.LEFT_STRIDE);
    long ldc = call.get(TileCall.RESULT_STRIDE);
    long right = call.right0;
    long results = call.result0;
    for (long panel = call.get(TileCall.PANELS); panel > 0; panel--) {
      long left = call.left0;
      long result = results;
      for (long pair = call.get(TileCall.PAIRS); pair > 0; pair--) {
        pair(call, unit, left, right);
        long second = result + call.get(TileCall.SECOND_RESULT);
        unit.store(0, c, result, ldc);
        unit.store(1, c, result + 64, ldc);
        unit.store(2, c, second, ldc);
        unit.store(3, c, second + 64, ldc);
        result += call.get(TileCall.RESULT_PAIR);
        left += call.get(TileCall.LEFT_PAIR);
      }
      if (call.get(TileCall.ODD) != 0) {
        unit.zero(0);
        unit.zero(1);
        for (long step = 0; step < call.get(TileCall.DEPTH); step++) {
          unit.load(6, call.right, right + step * Tiling.STEP, 64);
          unit.load(4, a, left + step * 64, lda);
          unit.load(7, call.right, right + step * Tiling.STEP + 1024, 64);
          unit.multiply(0, 4, 6);
          unit.multiply(1, 4, 7);
        }
        unit.store(0, c, result, ldc);
        unit.store(1, c, result + 64, ldc);
      }
      right += call.get(TileCall.RIGHT_PANEL);
      results += call.get(TileCall.RESULT_PANEL);
    }
  }

  private static void pair(TileCall call, TileUnit unit, long left, long right) {
    long lda = call.get(TileCall.LEFT_STRIDE);
    long second = left + call.get(TileCall.SECOND_LEFT);
    for (int tile = 0; tile < 4; tile++) {
      unit.zero(tile);
    }
    for (long step = 0; step < call.get(TileCall.DEPTH); step++) {
      unit.load(6, call.right, right + step * Tiling.STEP, 64);
      unit.load(4, call.left, left + step * 64, lda);
      unit.load(7, call.right, right + step * Tiling.STEP + 1024, 64);
      unit.multiply(0, 4, 6);
      unit.load(5, call.left, second + step * 64, lda);
      unit.multiply(1, 4, 7);
      unit.multiply(2, 5, 6);
      unit.multiply(3, 5, 7);
    }
  }
}
