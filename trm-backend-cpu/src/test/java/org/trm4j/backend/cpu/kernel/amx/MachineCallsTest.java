package org.trm4j.backend.cpu.kernel.amx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.trm4j.backend.cpu.kernel.vector.VectorTileKernels;

/** A million critical calls or more on 64 threads, while collections run and signals arrive. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MachineCallsTest {
  private static final long CALLS = 1_000_000;
  private static final int THREADS = 64;

  /** The calls go on until there were so many, as a busy machine may let this thread wait. */
  private static final int COLLECTIONS = 10;

  /** One thread's call, made over and over; returns whether the result was right. */
  private interface Work {
    boolean call() throws Throwable;
  }

  private interface Maker {
    Work make(int thread);
  }

  /** Mapping and call, with code that runs on every x86-64 processor. */
  @Test
  @Tag("nightly")
  void plainCodeSurvivesCollectionsAndSignals() throws Throwable {
    // mov rax,[rdi]; lea rax,[rax+rax*2]; mov [rdi],rax; ret
    byte[] code = {
      0x48, (byte) 0x8b, 0x07, 0x48, (byte) 0x8d, 0x04, 0x40, 0x48, (byte) 0x89, 0x07, (byte) 0xc3
    };
    MethodHandle call = TileMachine.link(new LinuxCalls().executable(code));
    run(thread -> {
      MemorySegment word = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
      SplittableRandom random = new SplittableRandom(thread);
      return () -> {
        long x = random.nextInt();
        word.set(ValueLayout.JAVA_LONG, 0, x);
        call.invokeExact(word);
        return word.get(ValueLayout.JAVA_LONG, 0) == 3 * x;
      };
    });
  }

  /** The tiles, whose contents the system must save whenever it preempts a thread. */
  @Test
  @Tag("nightly")
  void tilesSurviveCollectionsAndSignals() throws Throwable {
    AmxMachines.assume();
    run(thread -> new TileWork(thread));
  }

  /** A product with a known result, different for each thread. */
  private static final class TileWork implements Work {
    private static final int ROWS = 40;
    private static final int LENGTH = 256;
    private static final int COLUMNS = 64;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment a = arena.allocate(Tiling.left(ROWS, LENGTH), 64);
    private final MemorySegment b = arena.allocate(Tiling.right(LENGTH, COLUMNS), 64);
    private final MemorySegment c = result();
    private final MemorySegment expected = result();
    private final TileProduct machine =
        new TileProduct(new TileMachine(), arena.allocate(TileCall.BYTES, 64), 0);

    TileWork(int thread) {
      SplittableRandom random = new SplittableRandom(thread);
      float[] left = new float[ROWS * LENGTH];
      float[] right = new float[LENGTH * COLUMNS];
      for (int i = 0; i < left.length; i++) {
        left[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < right.length; i++) {
        right[i] = (float) random.nextGaussian();
      }
      TileKernels kernels = new VectorTileKernels();
      int depth = Tiling.depth(LENGTH);
      kernels.rows(left, 0, LENGTH, ROWS, LENGTH, a, 0, Tiling.leftStride(LENGTH));
      kernels.pairs(right, 0, COLUMNS, LENGTH, LENGTH, COLUMNS, b, 0, depth, 0);
      product(new TileProduct(new TileModel(), arena.allocate(TileCall.BYTES, 64), 0), expected);
    }

    private MemorySegment result() {
      return arena.allocate(
          (long) Tiling.padded(ROWS) * Tiling.panels(COLUMNS) * Tiling.RESULT, 64);
    }

    private void product(TileProduct with, MemorySegment to) {
      with.multiply(
          a,
          0,
          Tiling.leftStride(LENGTH),
          Tiling.of(ROWS),
          b,
          0,
          Tiling.depth(LENGTH),
          Tiling.panels(COLUMNS),
          to,
          0,
          (long) Tiling.panels(COLUMNS) * Tiling.RESULT);
    }

    @Override
    public boolean call() {
      product(machine, c);
      return c.mismatch(expected) == -1;
    }
  }

  private static void run(Maker maker) throws Throwable {
    AtomicLong left = new AtomicLong(CALLS);
    AtomicBoolean enough = new AtomicBoolean();
    AtomicLong wrong = new AtomicLong();
    List<Throwable> thrown = new ArrayList<>();
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      works.add(maker.make(i));
    }
    AtomicInteger handled = new AtomicInteger();
    Object before = install(counting(handled));
    int sent = 0;
    int collections = 0;
    String state = "";
    List<Thread> threads = new ArrayList<>();
    try {
      for (Work work : works) {
        threads.add(Thread.ofPlatform().start(() -> repeat(work, left, enough, wrong, thrown)));
      }
      while (threads.stream().anyMatch(Thread::isAlive)) {
        signal();
        sent++;
        System.gc();
        enough.set(++collections >= COLLECTIONS);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      long end = System.nanoTime() + 60_000_000_000L;
      while (handled.get() == 0 && System.nanoTime() < end) {
        signal();
        sent++;
        Thread.sleep(10);
      }
      // Before the handler is taken away.
      state = SignalState.describe();
    } finally {
      enough.set(true);
      install(before);
    }
    assertThat(thrown).isEmpty();
    assertThat(wrong.get()).isZero();
    assertThat(collections).isGreaterThanOrEqualTo(COLLECTIONS);
    assertThat(handled.get())
        .as("handled of %s signals; SIGURG is 0x400000%n%s", sent, state)
        .isPositive();
  }

  private static void repeat(
      Work work, AtomicLong left, AtomicBoolean enough, AtomicLong wrong, List<Throwable> thrown) {
    try {
      while (left.getAndDecrement() > 0 || !enough.get()) {
        if (!work.call()) {
          wrong.incrementAndGet();
        }
      }
    } catch (Throwable e) {
      synchronized (thrown) {
        thrown.add(e);
      }
    }
  }

  private static void signal() throws IOException, InterruptedException {
    String self = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-URG", self).start().waitFor()).isZero();
  }

  // sun.misc.Signal is the only way to install a handler, and this module does not read its module.
  private static Object counting(AtomicInteger count) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            count.incrementAndGet();
          }
          return method.getName().equals("hashCode") ? (Object) 1 : null;
        });
  }

  private static Object install(Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
    return handle.invoke(null, signal.getConstructor(String.class).newInstance("URG"), handler);
  }
}
