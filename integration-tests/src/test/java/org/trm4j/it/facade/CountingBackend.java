package org.trm4j.it.facade;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;

/** A backend that counts the inference sessions that are open. */
final class CountingBackend {
  private final Backend real;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger largest = new AtomicInteger();

  CountingBackend(Backend real) {
    this.real = real;
  }

  int open() {
    return open.get();
  }

  /** Returns how many were open at a time at most. */
  int most() {
    return most.get();
  }

  /** Returns the slots of the largest. */
  int largest() {
    return largest.get();
  }

  Backend backend() {
    return proxy(Backend.class, real, "load", result -> model((LoadedModel) result));
  }

  private LoadedModel model(LoadedModel model) {
    return proxy(LoadedModel.class, model, "open", result -> session((InferenceSession) result));
  }

  private InferenceSession session(InferenceSession session) {
    most.accumulateAndGet(open.incrementAndGet(), Math::max);
    largest.accumulateAndGet(session.slots(), Math::max);
    AtomicBoolean closed = new AtomicBoolean();
    return proxy(
        InferenceSession.class,
        session,
        "close",
        result -> {
          if (closed.compareAndSet(false, true)) {
            open.decrementAndGet();
          }
          return result;
        });
  }

  private interface Wrapper {
    Object of(Object result);
  }

  private static <T> T proxy(Class<T> type, T target, String method, Wrapper wrapper) {
    InvocationHandler handler =
        (proxy, called, arguments) -> {
          try {
            Object result = called.invoke(target, arguments);
            return called.getName().equals(method) ? wrapper.of(result) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
