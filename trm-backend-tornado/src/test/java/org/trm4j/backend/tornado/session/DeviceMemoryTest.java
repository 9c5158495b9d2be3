package org.trm4j.backend.tornado.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.tornado.check.DeviceCheck;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.KernelChoice.Attention;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.backend.tornado.product.JavaProducts;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;

/**
 * What training the published maze model with a batch of two takes of a device: the bytes that
 * TornadoVM's provider of buffers has asked the driver for when the session is open. Steps add
 * nothing but the operands of their launches.
 */
@Tag("nightly")
class DeviceMemoryTest {
  private static final double MIB = 1 << 20;
  private static final int BATCH = 2;
  private static final int HEADS = 8;
  private static final int LENGTH = 916;
  private static final Plan PLAN =
      Plan.lower(
          ModelConfig.builder()
              .hidden(512, HEADS)
              .tokens(900, 6)
              .puzzleEmbedding(512, 16, 1)
              .mixer(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)
              .build(),
          Trm.standard().program("trm", Map.of("T", 3, "n", 4, "layers", 2)));

  @Test
  void attentionInTilesTakesLittleMoreThanActivationsWithoutScores() {
    double tiled = measured(Attention.TILED);
    double plain = measured(Attention.PLAIN);
    double scores = 4.0 * BATCH * HEADS * LENGTH * LENGTH;
    double parameters = parameters();
    double ratio = (tiled - parameters) / (plain - scores - parameters);
    // Surefire drops what a TestReporter is told.
    System.out.println(
        String.format(
            Locale.ROOT,
            "MiB of the device: tiled %.1f, plain %.1f with scores of %.1f, parameters of both %.1f; ratio %.3f",
            tiled / MIB,
            plain / MIB,
            scores / MIB,
            parameters / MIB,
            ratio));
    assertThat(plain).as("with scores").isGreaterThan(scores + parameters);
    assertThat(ratio).as("activations in tiles to those without scores").isLessThan(1.3);
  }

  /** Weights with their transposes, gradients, two moments and averages. */
  private static double parameters() {
    WeightLayout layout = new WeightLayout(PLAN);
    return 4.0 * (layout.size() + layout.transposedSize() + 4.0 * layout.trained());
  }

  /** Returns the bytes that an open session holds; checks that all are given back. */
  private static double measured(Attention attention) {
    DeviceChoice device = DeviceChoice.find("");
    long before = available(device);
    KernelChoice kernels = new KernelChoice(KernelChoice.Shape.CPU, attention);
    long held;
    try (TornadoBackend backend =
        new TornadoBackend(
            device,
            DeviceLimits.of(device),
            new JavaProducts(kernels.shape()),
            kernels,
            DeviceCheck.PASSED)) {
      var initial = ParameterInitializer.initialize(PLAN.parameters(), 3);
      try (TrainingSession session = backend.train(PLAN, initial, BATCH)) {
        assertThat(session.slots()).isEqualTo(BATCH);
        held = before - available(device);
        Double counted = backend.statistics().get("deviceMebibytes");
        assertThat(counted).as("what trm bench prints").isNotNull();
        assertThat(held / MIB).isBetween(counted - 1, counted * 1.02);
      }
    }
    // TornadoVM keeps some hundred bytes of its own with each plan.
    assertThat(before - available(device)).as("bytes kept after the session").isLessThan(4096);
    return held;
  }

  /** TornadoVM offers no such number: it is a field of the class that all its drivers extend. */
  private static long available(DeviceChoice choice) {
    try {
      Object context = choice.device().getDeviceContext();
      Object buffers = context.getClass().getMethod("getBufferProvider").invoke(context);
      Class<?> type = buffers.getClass();
      while (!type.getSimpleName().equals("TornadoBufferProvider")) {
        type = type.getSuperclass();
      }
      Field available = type.getDeclaredField("currentMemoryAvailable");
      available.setAccessible(true);
      return available.getLong(buffers);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("another TornadoVM", e);
    }
  }
}
