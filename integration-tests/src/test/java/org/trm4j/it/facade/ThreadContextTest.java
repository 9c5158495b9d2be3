package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;

/** A model that serves for years holds nothing of the thread that opened or used it. */
class ThreadContextTest {
  private static final InheritableThreadLocal<Object> REQUEST = new InheritableThreadLocal<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void nothingOfTheFirstRequestIsHeld(int threads) throws Exception {
    AtomicReference<TrmModel> model = new AtomicReference<>();
    WeakReference<?>[] held = request(model, threads);
    for (int i = 0; i < 100 && (held[0].get() != null || held[1].get() != null); i++) {
      System.gc();
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(held[0].get()).as("the request's context class loader").isNull();
    assertThat(held[1].get()).as("the request's inheritable value").isNull();
    try (TrmModel shared = model.get()) {
      assertThat(shared.solve(Models.PUZZLE).steps()).isPositive();
    }
  }

  private static WeakReference<?>[] request(AtomicReference<TrmModel> model, int threads)
      throws Exception {
    URLClassLoader loader =
        new URLClassLoader(new URL[0], ThreadContextTest.class.getClassLoader());
    Object value = new byte[1 << 10];
    Thread thread =
        new Thread(() -> {
          REQUEST.set(value);
          model.set(TrmModel.open(Models.sudoku(), "cpu-scalar", threads));
          Puzzle puzzle = model.get().parse(Models.PUZZLE);
          model.get().solve(puzzle, SolveOptions.DEFAULT.withMaxSteps(2));
          REQUEST.remove();
        });
    thread.setContextClassLoader(loader);
    thread.start();
    thread.join();
    loader.close();
    return new WeakReference<?>[] {new WeakReference<>(loader), new WeakReference<>(value)};
  }
}
