package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The C library of Linux on x86-64. Created only if native access is enabled. */
@SuppressWarnings("restricted")
final class LinuxCalls implements SystemCalls {
  // asm/unistd_64.h and asm/prctl.h
  private static final long ARCH_PRCTL = 158;
  private static final long ARCH_REQ_XCOMP_PERM = 0x1023;
  private static final long XFEATURE_XTILEDATA = 18;
  // sys/mman.h
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int PROT_EXEC = 4;
  private static final int MAP_PRIVATE = 0x02;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final long PAGE = 4096;

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;

  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new IllegalStateException("the C library has no " + name)),
        type,
        options);
  }

  private static Linker.Option errno() {
    return Linker.Option.captureCallState("errno");
  }

  @Override
  public void requestTiles() throws Refused {
    MethodHandle call =
        function(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, LONG, LONG),
            Linker.Option.firstVariadicArg(1),
            errno());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result =
          (long) call.invokeExact(state, ARCH_PRCTL, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA);
      check("arch_prctl(ARCH_REQ_XCOMP_PERM)", result != 0, state);
    } catch (Throwable thrown) {
      throw passedOn(thrown);
    }
  }

  /**
   * Maps memory read-write, copies the code, then makes it read-execute; it stays until the process
   * ends.
   */
  @Override
  public MemorySegment executable(byte[] code) throws Refused {
    long size = (code.length + PAGE - 1) / PAGE * PAGE;
    FunctionDescriptor map = FunctionDescriptor.of(ADDRESS, ADDRESS, LONG, INT, INT, INT, LONG);
    FunctionDescriptor protect = FunctionDescriptor.of(INT, ADDRESS, LONG, INT);
    FunctionDescriptor unmap = FunctionDescriptor.of(INT, ADDRESS, LONG);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment found =
          (MemorySegment)
              function("mmap", map, errno())
                  .invokeExact(
                      state,
                      MemorySegment.NULL,
                      size,
                      PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS,
                      -1,
                      0L);
      check("mmap", found.address() == -1, state);
      MemorySegment memory = found.reinterpret(size);
      MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
      int result =
          (int)
              function("mprotect", protect, errno())
                  .invokeExact(state, memory, size, PROT_READ | PROT_EXEC);
      if (result != 0) {
        int error = (int) ERRNO.get(state, 0L);
        int unmapped = (int) function("munmap", unmap).invokeExact(memory, size);
        throw new Refused(
            unmapped == 0 ? "mprotect(PROT_EXEC)" : "mprotect(PROT_EXEC), then munmap", error);
      }
      return memory;
    } catch (Throwable thrown) {
      throw passedOn(thrown);
    }
  }

  private static void check(String call, boolean failed, MemorySegment state) throws Refused {
    if (failed) {
      throw new Refused(call, (int) ERRNO.get(state, 0L));
    }
  }

  private static Refused passedOn(Throwable thrown) {
    return switch (thrown) {
      case Refused refused -> refused;
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown);
    };
  }
}
