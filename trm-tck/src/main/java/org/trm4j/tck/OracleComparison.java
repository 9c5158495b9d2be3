package org.trm4j.tck;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.tck.sample.SingleOperation;

/** Runs an operation's plan on a backend and on the oracle, and compares every value. */
final class OracleComparison {
  private OracleComparison() {}

  static void inference(
      String name,
      OperationCase operation,
      Backend backend,
      BackendContract.ProductPrecision products) {
    compare(
        name + " forward",
        operation,
        products,
        inferred(operation, backend, 0),
        oracle(operation, products, 0, OracleComparison::inferred),
        oracle(operation, products, products.noise(), OracleComparison::inferred));
  }

  static void training(
      String name,
      OperationCase operation,
      Backend backend,
      BackendContract.ProductPrecision products) {
    compare(
        name + " backward",
        operation,
        products,
        trained(operation, backend, 0),
        oracle(operation, products, 0, OracleComparison::trained),
        oracle(operation, products, products.noise(), OracleComparison::trained));
  }

  private interface Run {
    Map<String, float[]> on(OperationCase operation, Backend backend, double relative);
  }

  private static Map<String, float[]> oracle(
      OperationCase operation,
      BackendContract.ProductPrecision products,
      double relative,
      Run run) {
    try (Backend oracle = products.oracle(relative)) {
      return run.on(operation, oracle, relative);
    }
  }

  private static void compare(
      String name,
      OperationCase operation,
      BackendContract.ProductPrecision products,
      Map<String, float[]> actual,
      Map<String, float[]> expected,
      Map<String, float[]> disturbed) {
    expected.forEach((value, e) -> {
      float[] moved = Objects.requireNonNull(disturbed.get(value));
      double sensitivity = 0;
      for (int i = 0; i < e.length; i++) {
        double difference = Math.abs((double) e[i] - moved[i]);
        if (difference > sensitivity && Double.isFinite(difference)) {
          sensitivity = difference;
        }
      }
      operation
          .comparison(name + ", " + value, sensitivity, products)
          .check(Objects.requireNonNull(actual.get(value)), e);
    });
  }

  private static Map<String, float[]> inferred(
      OperationCase operation, Backend backend, double relative) {
    Plan plan = operation.plan();
    Map<String, float[]> values = new LinkedHashMap<>();
    try (LoadedModel model = backend.load(plan, operation.parameters(relative));
        InferenceSession session = model.open(OperationCase.SLOTS)) {
      for (int slot = 0; slot < OperationCase.SLOTS; slot++) {
        session.start(slot, operation.tokens(slot), operation.puzzle(slot));
      }
      session.step();
      for (int slot = 0; slot < OperationCase.SLOTS; slot++) {
        float[] state = new float[plan.states().getFirst().shape().intSize()];
        session.state(SingleOperation.STATE, slot, state);
        values.put("output of slot " + slot, state);
        float[] logits = new float[plan.logits().shape().intSize()];
        session.logits(slot, logits);
        values.put("logits of slot " + slot, logits);
        values.put(
            "q of slot " + slot,
            new float[] {session.haltLogit(slot), session.continueLogit(slot)});
      }
    }
    return values;
  }

  private static Map<String, float[]> trained(
      OperationCase operation, Backend backend, double relative) {
    Plan plan = operation.plan();
    Map<String, float[]> values = new LinkedHashMap<>();
    int batch = OperationCase.SLOTS;
    try (TrainingSession session = backend.train(plan, operation.parameters(relative), batch)) {
      for (int slot = 0; slot < batch; slot++) {
        session.start(slot, operation.tokens(slot), operation.labels(slot), operation.puzzle(slot));
      }
      SequenceMetrics[] metrics = session.step(new boolean[batch], 1f / batch);
      for (int slot = 0; slot < batch; slot++) {
        float[] state = new float[plan.states().getFirst().shape().intSize()];
        session.state(SingleOperation.STATE, slot, state);
        values.put("output of slot " + slot, state);
        values.put(
            "losses of slot " + slot,
            new float[] {(float) metrics[slot].languageLoss(), (float) metrics[slot].haltLoss()});
      }
      ParameterSet gradients = session.gradients();
      gradients
          .tensors()
          .forEach((parameter, tensor) -> values.put("gradient of " + parameter, tensor.toArray()));
    }
    return values;
  }
}
