package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/** The tiles of this processor, by {@link MachineCode}. */
public final class TileMachine implements Tiles {

  /**
   * Creates it; throws IllegalStateException if {@link AmxSupport#missingHere} reports a reason.
   */
  public TileMachine() {
    AmxSupport.Missing missing = AmxSupport.missingHere();
    if (missing != null) {
      throw new IllegalStateException(missing.reason());
    }
  }

  /** Linked once, and only where it may run. */
  private static final class Code {
    static final MethodHandle PRODUCT = link(AmxSupport.codeHere());

    private Code() {}
  }

  /**
   * Links code that takes one address and returns nothing. A critical call does not change the
   * thread's state, so it costs about 100 ns; no garbage collection starts before it returns.
   */
  @SuppressWarnings("restricted")
  static MethodHandle link(MemorySegment code) {
    return Linker.nativeLinker()
        .downcallHandle(
            code, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS), Linker.Option.critical(false));
  }

  @Override
  public String description() {
    return "AMX tiles, bfloat16 products";
  }

  @Override
  public void run(TileCall call) {
    call.check();
    addresses(call);
    try {
      Code.PRODUCT.invokeExact(call.block);
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    } finally {
      // The machine code sees only addresses; the memory must stay allocated meanwhile.
      Reference.reachabilityFence(call);
      Reference.reachabilityFence(call.left);
      Reference.reachabilityFence(call.right);
      Reference.reachabilityFence(call.result);
    }
  }

  static void addresses(TileCall call) {
    call.set(TileCall.CONFIGURATION, call.configuration().address());
    call.set(TileCall.LEFT, call.left.address() + call.left0);
    call.set(TileCall.RIGHT, call.right.address() + call.right0);
    call.set(TileCall.RESULT, call.result.address() + call.result0);
  }
}
