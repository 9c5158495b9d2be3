package org.trm4j.tck;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;

/** A training session with a defect. */
record BrokenTraining(Defect defect, TrainingSession oracle) {
  private static final AtomicInteger SESSIONS = new AtomicInteger();

  TrainingSession session() {
    int number = SESSIONS.incrementAndGet();
    return (TrainingSession)
        Proxy.newProxyInstance(
            BrokenTraining.class.getClassLoader(),
            new Class<?>[] {TrainingSession.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("update") && defect == Defect.NO_WEIGHT_DECAY) {
                arguments[0] = withoutDecay((UpdateRule) arguments[0]);
              }
              if (method.getName().equals("restoreOptimizerState")
                  && defect == Defect.FORGETS_MOMENTS) {
                return null;
              }
              if (method.getName().equals("restoreState") && defect == Defect.FORGETS_STATES
                  || method.getName().equals("restoreDraws") && defect == Defect.FORGETS_DRAWS) {
                return null;
              }
              Object result = BrokenModel.invoke(oracle, method, arguments);
              if (method.getName().equals("parameters")
                  && defect == Defect.TRAINING_NOT_DETERMINISTIC
                  && number % 7 == 0) {
                return spoiled((ParameterSet) result);
              }
              return method.getName().equals("gradients") && defect == Defect.WRONG_GRADIENT
                  ? spoiled((ParameterSet) result)
                  : result;
            });
  }

  private static UpdateRule withoutDecay(UpdateRule rule) {
    return new UpdateRule(
        rule.step(),
        rule.learningRate(),
        0,
        rule.beta1(),
        rule.beta2(),
        rule.puzzleLearningRate(),
        0,
        rule.averageDecay());
  }

  private static ParameterSet spoiled(ParameterSet gradients) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    gradients
        .tensors()
        .forEach((name, tensor) -> {
          float[] values = tensor.toArray();
          values[values.length / 2] += 1f;
          tensors.put(name, Tensor.of(tensor.shape(), values));
        });
    return new ParameterSet(tensors);
  }
}
