package org.trm4j.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C while a command works: the first asks it to stop in good order, the second ends the JVM at
 * once. SIGTERM asks too, and the JVM waits until the command has stopped.
 *
 * <p>Where SIGINT is ignored, as in background jobs of a shell, it stays ignored.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Interrupts implements AutoCloseable {
  /** Exit code of a command that Ctrl-C stopped. */
  public static final int EXIT_CODE = 130;

  private final Runnable stop;
  private final PrintWriter err;
  private final String first;
  private final Supplier<String> second;
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::terminated, "trm-stop");
  private final @Nullable Runnable restore;

  /**
   * Watches until closed.
   *
   * @param stop asks the command to stop; called by another thread, at most once
   * @param first what happens now, said at the first Ctrl-C
   * @param second what is left of the work, said at the second
   */
  public Interrupts(PrintWriter err, Runnable stop, String first, Supplier<String> second) {
    this.err = err;
    this.stop = stop;
    this.first = first;
    this.second = second;
    this.restore = Signals.handle("INT", this::pressed);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns whether the command was asked to stop. */
  public boolean requested() {
    return asked.get() > 0;
  }

  private void pressed() {
    if (asked.getAndIncrement() == 0) {
      say(first + " (Ctrl-C again stops at once)");
      stop.run();
    } else {
      say("stopped at once: " + second.get());
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  private void terminated() {
    if (asked.getAndIncrement() == 0) {
      stop.run();
    }
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a line of its own: the terminal has echoed ^C, perhaps into a status line. */
  private void say(String text) {
    err.println(
        (Terminal.interactive() ? System.lineSeparator() : "") + "trm: " + Printable.line(text));
    err.flush();
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down; the hook has done its work.
    }
    if (restore != null) {
      restore.run();
    }
  }
}
