package org.trm4j.backend.tornado.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.tornado.TrainingRunTest;
import org.trm4j.backend.tornado.check.DeviceCheck;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.product.JavaProducts;
import org.trm4j.backend.tornado.product.StandInCuBlas;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.model.ParameterInitializer;

/** What remains on the device after sessions are closed. */
class StorePoolTest {
  private static TornadoBackend open(Products products) {
    DeviceChoice device = DeviceChoice.find("");
    return new TornadoBackend(
        device, DeviceLimits.of(device), products, TrainingRunTest.KERNELS, DeviceCheck.PASSED);
  }

  private static TornadoModel load(TornadoBackend backend) {
    var parameters = ParameterInitializer.initialize(TrainingRunTest.PLAN.parameters(), 3);
    return (TornadoModel) backend.load(TrainingRunTest.PLAN, parameters);
  }

  @Test
  void noMoreWaitThanWork() {
    try (TornadoBackend backend = open(new JavaProducts(KernelChoice.Shape.CPU));
        TornadoModel model = load(backend)) {
      List<InferenceSession> sessions = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        sessions.add(model.open(1));
      }
      double all = held(backend);
      sessions.get(0).close();
      sessions.get(1).close();
      assertThat(model.idle()).isEqualTo(2);
      sessions.subList(2, 5).forEach(InferenceSession::close);
      assertThat(model.idle()).isEqualTo(2);
      model.open(2).close();
      assertThat(model.idle()).as("the two of another size are freed").isEqualTo(1);
      assertThat(held(backend)).isEqualTo(all);
    }
  }

  private static double held(TornadoBackend backend) {
    Double most = backend.statistics().get("deviceMebibytes");
    assertThat(most).isNotNull();
    return most;
  }

  @Test
  void whatAFailedSessionLeavesIsFreed() {
    try (TornadoBackend backend = open(StandInCuBlas.products());
        TornadoModel model = load(backend)) {
      InferenceSession session = model.open(1);
      session.start(0, TrainingRunTest.tokens(1), 0);
      session.step();
      StandInCuBlas.vanishAfter(0);
      try {
        assertThatThrownBy(session::step).isInstanceOf(BackendException.class);
      } finally {
        StandInCuBlas.vanishAfter(Long.MAX_VALUE);
      }
      session.close();
      assertThat(model.idle()).isZero();
      InferenceSession next = model.open(1);
      next.start(0, TrainingRunTest.tokens(1), 0);
      next.step();
      assertThat(next.haltLogit(0)).isFinite();
      next.close();
      assertThat(model.idle()).isEqualTo(1);
    }
  }
}
