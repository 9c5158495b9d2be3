package org.trm4j.backend.cpu.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.BackendException;

class TeamTest {
  private static final InheritableThreadLocal<String> REQUEST = new InheritableThreadLocal<>();

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name + "-"))
        .count();
  }

  @Test
  void startsThreadsForAJobAndEndsThemWhenThereIsNone() {
    try (Team team = new Team(4, "lazy")) {
      assertThat(threads("lazy")).isZero();
      AtomicInteger sum = new AtomicInteger();
      for (int round = 0; round < 3; round++) {
        sum.set(0);
        for (int workers = 1; workers <= 6; workers++) {
          team.run(workers, worker -> sum.addAndGet(worker.count() * 100 + worker.index()));
        }
        // 1, 2 and 3 workers, and three times all 4, numbered from 0.
        assertThat(sum.get()).isEqualTo((1 + 4 + 9 + 3 * 16) * 100 + 1 + 3 + 3 * 6);
        assertThat(threads("lazy")).isEqualTo(3);
        for (int i = 0; i < 300 && threads("lazy") > 0; i++) {
          LockSupport.parkNanos(20_000_000);
        }
        assertThat(threads("lazy")).as("threads of an idle team").isZero();
      }
    }
  }

  @Test
  void threadsEndWithTheTeam() {
    Team team = new Team(3, "closed");
    team.run(3, worker -> {});
    team.close();
    for (int i = 0; i < 300 && threads("closed") > 0; i++) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(threads("closed")).isZero();
    assertThatThrownBy(() -> team.run(2, worker -> {}))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend: is closed");
  }

  @Test
  void threadsInheritNothing() throws Exception {
    List<String> values = Collections.synchronizedList(new ArrayList<>());
    List<ClassLoader> loaders = Collections.synchronizedList(new ArrayList<>());
    try (Team team = new Team(3, "heir");
        URLClassLoader loader = new URLClassLoader(new URL[0])) {
      Thread opener =
          new Thread(() -> {
            REQUEST.set("user");
            team.run(
                3,
                worker -> {
                  if (worker.index() > 0) {
                    values.add(String.valueOf(REQUEST.get()));
                    loaders.add(Thread.currentThread().getContextClassLoader());
                  }
                });
          });
      opener.setContextClassLoader(loader);
      opener.start();
      opener.join();
      assertThat(values).containsExactly("null", "null");
      assertThat(loaders).hasSize(2).doesNotContain(loader);
    }
  }

  /** An interrupt neither ends the job nor gets lost, and the caller sleeps while it waits. */
  @Test
  void anInterruptIsPutAsideWhileTheCallerWaits() throws InterruptedException {
    try (Team team = new Team(2, "patient")) {
      AtomicReference<Boolean> seen = new AtomicReference<>(false);
      AtomicReference<Boolean> after = new AtomicReference<>(false);
      long[] used = new long[1];
      Thread caller =
          new Thread(() -> {
            team.run(
                2,
                worker -> {
                  if (worker.index() == 1) {
                    long end = System.nanoTime() + 400_000_000;
                    while (System.nanoTime() < end) {
                      LockSupport.parkNanos(1_000_000);
                      seen.set(seen.get() || team.interrupted());
                    }
                  }
                });
            after.set(Thread.currentThread().isInterrupted());
            used[0] =
                java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          });
      caller.start();
      LockSupport.parkNanos(50_000_000);
      caller.interrupt();
      caller.join();
      assertThat(seen.get()).as("whether a worker could see the interrupt").isTrue();
      assertThat(after.get()).as("whether the caller has it back").isTrue();
      assertThat(used[0]).as("processor time of the caller, ns").isLessThan(200_000_000);
      team.run(2, worker -> assertThat(team.interrupted()).isFalse());
    }
  }

  @Test
  void aFailureOfAWorkerIsOneErrorAndTheTeamGoesOn() {
    try (Team team = new Team(3, "torn")) {
      for (int round = 0; round < 20; round++) {
        assertThatThrownBy(() ->
                team.run(
                    3,
                    worker -> {
                      if (worker.index() == 1) {
                        throw new IllegalArgumentException("no");
                      }
                      worker.await();
                    }))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("backend torn: a worker failed: ");
        AtomicInteger done = new AtomicInteger();
        team.run(
            3,
            worker -> {
              worker.await();
              done.incrementAndGet();
            });
        assertThat(done.get()).isEqualTo(3);
      }
    }
  }
}
