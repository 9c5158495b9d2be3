package org.trm4j.backend.tck;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.plan.Plan;

/** A loaded model whose sessions have a defect. */
record BrokenModel(Defect defect, LoadedModel oracle) implements LoadedModel {
  private static final AtomicInteger SESSIONS = new AtomicInteger();

  @Override
  public Plan plan() {
    return oracle.plan();
  }

  @Override
  public InferenceSession open(int slots) {
    InferenceSession session = oracle.open(slots);
    int number = SESSIONS.incrementAndGet();
    int vocabulary = plan().config().vocabSize();
    return (InferenceSession)
        Proxy.newProxyInstance(
            BrokenModel.class.getClassLoader(),
            new Class<?>[] {InferenceSession.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              if (name.equals("close") && defect == Defect.USABLE_AFTER_CLOSE) {
                return null;
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
              if (name.equals("logits")) {
                spoil((float[]) arguments[1], number);
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

  private void spoil(float[] logits, int number) {
    switch (defect) {
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
