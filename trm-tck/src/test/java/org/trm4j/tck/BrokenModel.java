package org.trm4j.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.plan.Plan;

/** A loaded model whose sessions have a defect. */
record BrokenModel(Defect defect, LoadedModel oracle) implements LoadedModel {
  private static final AtomicInteger SESSIONS = new AtomicInteger();
  private static final AtomicInteger OPEN = new AtomicInteger();

  @Override
  public Plan plan() {
    return oracle.plan();
  }

  @Override
  public InferenceSession open(int slots) {
    InferenceSession session = oracle.open(slots);
    int number = SESSIONS.incrementAndGet();
    boolean disturbed = defect == Defect.SESSIONS_DISTURB_EACH_OTHER && !isAlone(number);
    AtomicBoolean closed = new AtomicBoolean(defect != Defect.SESSIONS_DISTURB_EACH_OTHER);
    int vocabulary = plan().config().vocabSize();
    return (InferenceSession)
        Proxy.newProxyInstance(
            BrokenModel.class.getClassLoader(),
            new Class<?>[] {InferenceSession.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              if (name.equals("close") && closed.compareAndSet(false, true)) {
                OPEN.decrementAndGet();
              }
              if (name.equals("close") && defect == Defect.USABLE_AFTER_CLOSE) {
                return null;
              }
              if (name.equals("restoreState") && defect == Defect.FORGETS_STATES_OF_INFERENCE) {
                return null;
              }
              if (name.equals("step") && arguments != null && defect == Defect.IGNORES_STOP) {
                session.step();
                return true;
              }
              if (name.equals("start") && defect == Defect.ACCEPTS_ANY_TOKEN) {
                int[] tokens = ((int[]) arguments[1]).clone();
                for (int i = 0; i < tokens.length; i++) {
                  tokens[i] = Math.floorMod(tokens[i], vocabulary);
                }
                arguments[1] = tokens;
              }
              if (name.equals("perturb") && defect == Defect.WRONG_NOISE) {
                arguments[2] = (long) arguments[2] + 1;
              }
              if (name.equals("logits") && defect == Defect.SHARED_CARRY) {
                arguments[0] = 0;
              }
              Object result = invoke(session, method, arguments);
              if (name.equals("predictions") && defect == Defect.DRAFT_IS_NOT_THE_ARG_MAX) {
                int[] draft = (int[]) arguments[1];
                draft[0] = (draft[0] + 1) % vocabulary;
              }
              if (name.equals("logits")) {
                spoil((float[]) arguments[1], number, slots, disturbed);
              }
              return result;
            });
  }

  static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Waits briefly, so that sessions meant to run together do. */
  private static boolean isAlone(int number) {
    if (OPEN.incrementAndGet() == 1 && number > 1) {
      for (int i = 0; i < 1000 && OPEN.get() == 1; i++) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    return OPEN.get() == 1;
  }

  private void spoil(float[] logits, int number, int slots, boolean disturbed) {
    switch (defect) {
      case SESSIONS_DISTURB_EACH_OTHER -> logits[0] += disturbed ? 1 : 0;
      case DEPENDS_ON_OTHER_SLOTS -> logits[0] += slots > 1 ? Math.ulp(logits[0]) : 0;
      case WRONG_LOGITS -> logits[logits.length - 1] += 1e-3f;
      case NAN_LOGITS -> logits[logits.length - 1] = Float.NaN;
      case NOT_DETERMINISTIC -> logits[0] += number % 7 == 0 ? Math.ulp(logits[0]) : 0;
      default -> {}
    }
  }

  @Override
  public void close() {
    oracle.close();
  }
}
