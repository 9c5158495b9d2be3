package org.trm4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;

/**
 * The sessions of a model: as many as can work at a time; further callers wait, in order. Those of
 * one slot are kept for the next call. Solves of one puzzle and of many have places of their own,
 * so that a long run over a file does not keep a single puzzle waiting.
 */
final class SessionPool implements AutoCloseable {
  // Whoever waits sees after so long a stop that has to be asked for.
  private static final long LOOK_NANOS = 20_000_000;
  private static final int ALL_WHO_WAIT = 1 << 30;

  /** For which calls a place is. */
  enum Kind {
    ONE_PUZZLE,
    MANY
  }

  /** What a call does with its session. */
  interface Use<T> {
    T with(InferenceSession session);
  }

  private final LoadedModel loaded;
  private final int parallelism;
  private final Semaphore single;
  private final Semaphore many;
  private final Deque<InferenceSession> idle = new ArrayDeque<>();
  private final Set<Thread> inside = ConcurrentHashMap.newKeySet();
  private boolean closed;

  SessionPool(LoadedModel loaded, int parallelism) {
    this.loaded = loaded;
    this.parallelism = parallelism;
    this.single = new Semaphore(parallelism, true);
    this.many = new Semaphore(parallelism, true);
  }

  /**
   * Waits for a place and runs the call on a session.
   *
   * @throws SolveStoppedException if the signal comes before there is a place
   * @throws BackendException if the model is closed, before or meanwhile
   */
  <T> T use(Kind kind, int slots, StopSignal stop, Use<T> use) {
    checkOpen();
    Thread caller = Thread.currentThread();
    if (!inside.add(caller)) {
      // Whoever takes an answer may solve another puzzle; waiting for the own place would not end.
      return run(slots, use);
    }
    try {
      Semaphore places = kind == Kind.MANY ? many : single;
      await(places, stop);
      try {
        checkOpen();
        return run(slots, use);
      } finally {
        places.release();
      }
    } finally {
      inside.remove(caller);
    }
  }

  private static void await(Semaphore places, StopSignal stop) {
    while (!stop.getAsBoolean()) {
      try {
        if (stop.waits()) {
          places.acquire();
          return;
        }
        if (places.tryAcquire(stop.waitNanos(LOOK_NANOS), TimeUnit.NANOSECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw stop.exception(0);
  }

  private <T> T run(int slots, Use<T> use) {
    InferenceSession session = take(slots);
    boolean good = false;
    try {
      T result = use.with(session);
      good = true;
      return result;
    } catch (SolveStoppedException e) {
      good = true;
      throw e;
    } catch (RuntimeException e) {
      if (isClosed()) {
        throw new BackendException("model: is closed, while it solved", e);
      }
      throw e;
    } finally {
      giveBack(session, good && slots == 1);
    }
  }

  private InferenceSession take(int slots) {
    InferenceSession session = null;
    if (slots == 1) {
      synchronized (this) {
        session = idle.poll();
      }
    }
    return session == null ? loaded.open(slots) : session;
  }

  private void giveBack(InferenceSession session, boolean keep) {
    synchronized (this) {
      if (keep && !closed && idle.size() < parallelism) {
        idle.push(session);
        return;
      }
    }
    session.close();
  }

  /** Returns how many sessions wait for the next call. */
  synchronized int idle() {
    return idle.size();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if (isClosed()) {
      throw BackendException.closed("model");
    }
  }

  /** Frees all sessions; callers that wait are refused. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      idle.forEach(InferenceSession::close);
      idle.clear();
    }
    single.release(ALL_WHO_WAIT);
    many.release(ALL_WHO_WAIT);
  }
}
