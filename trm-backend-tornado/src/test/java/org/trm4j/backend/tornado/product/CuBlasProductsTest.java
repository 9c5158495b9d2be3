package org.trm4j.backend.tornado.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.backend.tornado.LogLines;
import org.trm4j.backend.tornado.TornadoProvider;
import org.trm4j.backend.tornado.TrainingRunTest;
import org.trm4j.backend.tornado.check.DeviceCheck;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.backend.tornado.session.TornadoBackend;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** Products by library tasks, which {@link StandInCuBlas} runs on an OpenCL device. */
class CuBlasProductsTest {
  private static final Path GOLDEN = Path.of("../integration-tests/src/test/resources/golden");
  private static DeviceChoice device;

  @BeforeAll
  static void findsTheFirstDevice() {
    device = DeviceChoice.find("");
  }

  @Test
  void passTheCheck() {
    assumeStandIn();
    assertThat(ProductCheck.problem(device, StandInCuBlas.products())).isNull();
  }

  @Test
  void passTheCheckInTf32AndNoBetterThanThat() {
    assumeStandIn();
    Gemm.Library library = CuBlasLibrary.in(Precision.TF32);
    Products products = StandInCuBlas.products(library, Precision.TF32);
    assertThat(ProductCheck.problem(device, products)).isNull();
    Products promised = StandInCuBlas.products(library, Precision.FP32);
    assertThat(ProductCheck.problem(device, promised))
        .startsWith("product 0 is off by")
        .endsWith("expected less than 1e-05");
    try (Backend backend =
        new TornadoBackend(
            device,
            DeviceLimits.of(device),
            products,
            TrainingRunTest.KERNELS,
            DeviceCheck.PASSED)) {
      assertThat(backend.device()).endsWith(", products by cuBLAS in TF32");
    }
  }

  /** The staging kernel rounds the factors; the library calls are those of TF32. */
  @Test
  void passTheCheckInBf16AndNoBetterThanThat() {
    assumeStandIn();
    Gemm.Library library = CuBlasLibrary.in(Precision.BF16);
    assertThat(ProductCheck.problem(device, StandInCuBlas.products(library, Precision.BF16)))
        .isNull();
    Products promised = StandInCuBlas.products(library, Precision.FP32);
    assertThat(ProductCheck.problem(device, promised)).startsWith("product 0 is off by");
    Products wrong =
        StandInCuBlas.products(
            (g, a, b, c) -> library.call(gemm(g.transposedB(), g.k(), 0, g), a, b, c),
            Precision.BF16);
    assertThat(ProductCheck.problem(device, wrong)).startsWith("product 1 is off by");
  }

  @Test
  void aTrainingStepInBf16IsNearOneInSinglePrecision() {
    assumeStandIn();
    double[] single = losses(StandInCuBlas.products());
    double[] rounded =
        losses(StandInCuBlas.products(CuBlasLibrary.in(Precision.BF16), Precision.BF16));
    for (int step = 0; step < single.length; step++) {
      assertThat(rounded[step]).isNotEqualTo(single[step]);
      assertThat(rounded[step]).isCloseTo(single[step], within(0.03 * single[step]));
    }
  }

  private static double[] losses(Products products) {
    Plan plan = TrainingRunTest.PLAN;
    var parameters = ParameterInitializer.initialize(plan.parameters(), 3);
    double[] losses = new double[2];
    try (Backend backend =
            new TornadoBackend(
                device,
                DeviceLimits.of(device),
                products,
                TrainingRunTest.KERNELS,
                DeviceCheck.PASSED);
        TrainingSession session = backend.train(plan, parameters, 1)) {
      session.start(0, TrainingRunTest.tokens(1), TrainingRunTest.tokens(2), 0);
      for (int step = 0; step < losses.length; step++) {
        losses[step] = session.step(new boolean[1], 1f)[0].loss();
        session.update(new UpdateRule(step + 1, 1e-3, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.9));
      }
    }
    return losses;
  }

  @Test
  void doNotPassTheCheckWhereOneKindIsWrong() {
    assumeStandIn();
    assertThat(problem(g -> gemm(false, g.k(), g.strideA(), g))).startsWith("gradient 0 is off by");
    assertThat(problem(g -> gemm(g.transposedB(), g.k(), 0, g))).startsWith("product 1 is off by");
    assertThat(problem(g -> gemm(g.transposedB(), g.k() - 1, g.strideA(), g)))
        .startsWith("product 0 is off by");
  }

  private static void assumeStandIn() {
    assumeThat(device.device().getTornadoVMBackend())
        .as("where the stand-in works")
        .isEqualTo(TornadoVMBackendType.OPENCL);
  }

  private static String problem(UnaryOperator<Gemm> wrong) {
    return String.valueOf(
        ProductCheck.problem(
            device,
            StandInCuBlas.products((g, a, b, c) -> CuBlasLibrary.call(wrong.apply(g), a, b, c))));
  }

  private static Gemm gemm(boolean transposedB, int k, long strideA, Gemm g) {
    return new Gemm(transposedB, g.m(), g.n(), k, strideA, g.strideB(), g.batch());
  }

  @Test
  void sayWhyTheyCannotBeMade() {
    Gemm.Library missing =
        (g, a, b, c) -> {
          throw new NoClassDefFoundError("uk/ac/manchester/tornado/cublas/CuBlas");
        };
    assertThat(ProductCheck.problem(device, new CuBlasProducts(missing, Precision.FP32)))
        .isEqualTo("uk/ac/manchester/tornado/cublas/CuBlas");
  }

  @Test
  void areRefusedByADeviceThatDoesNotOfferThem() {
    assumeThat(device.device().getTornadoVMBackend()).isNotEqualTo(TornadoVMBackendType.CUDA);
    BackendOptions options = BackendOptions.DEFAULT.withProperties(Map.of("products", "cublas"));
    assertThatThrownBy(() -> new TornadoProvider().open(options))
        .isInstanceOf(BackendException.class)
        .hasMessageStartingWith("backend tornado: matrix products by cuBLAS do not work on ")
        .hasMessageContaining("Library `nvidia/cublas` is not supported on device")
        .hasMessageEndingWith("-Dtrm.tornado.products=java does without it");
  }

  @Test
  void everyGoldenCasePasses() {
    assumeStandIn();
    Products products = StandInCuBlas.products();
    try (Backend backend =
        new TornadoBackend(
            device,
            DeviceLimits.of(device),
            products,
            TrainingRunTest.KERNELS,
            DeviceCheck.PASSED)) {
      assertThat(backend.device()).endsWith(", products by cuBLAS");
      List<ParityResult> results = ParityRunner.run(GOLDEN, backend);
      assertThat(results).hasSizeGreaterThanOrEqualTo(8);
      assertThat(results)
          .allSatisfy(result ->
              assertThat(result.status())
                  .as("%s: %s %s", result.name(), result.reason(), result.failures())
                  .isEqualTo(ParityResult.Status.PASS));
    }
  }

  @Test
  void leaveTheSlotsThatRestAsTheyAre() {
    assumeStandIn();
    float[] expected = afterARest(new JavaProducts(KernelChoice.Shape.CPU));
    assertThat(afterARest(StandInCuBlas.products())).containsExactly(expected, within(1e-3f));
  }

  /** Returns the logits of slots, one of which was idle in the second of two steps. */
  private static float[] afterARest(Products products) {
    Plan plan = TrainingRunTest.PLAN;
    int size = plan.logits().shape().intSize();
    float[] all = new float[3 * size];
    try (Backend backend =
            new TornadoBackend(
                device,
                DeviceLimits.of(device),
                products,
                TrainingRunTest.KERNELS,
                DeviceCheck.PASSED);
        LoadedModel model =
            backend.load(plan, ParameterInitializer.initialize(plan.parameters(), 3));
        InferenceSession session = model.open(3)) {
      for (int slot = 0; slot < 3; slot++) {
        session.start(slot, TrainingRunTest.tokens(slot), slot);
      }
      session.step();
      float[] state = new float[plan.states().getFirst().shape().intSize()];
      session.state(plan.states().getFirst().name(), 1, state);
      session.stop(1);
      session.step();
      for (int slot = 0; slot < 3; slot += 2) {
        float[] logits = new float[size];
        session.logits(slot, logits);
        System.arraycopy(logits, 0, all, slot * size, size);
      }
      System.arraycopy(state, 0, all, size, Math.min(size, state.length));
    }
    return all;
  }

  @Test
  void failInOneErrorAndLeaveTheDeviceToOthers() {
    Plan plan = TrainingRunTest.PLAN;
    Products failing =
        new CuBlasProducts(
            (g, a, b, c) -> CuBlasLibrary.call(g, a, b, c).withLibrary("nobody's"), Precision.FP32);
    var parameters = ParameterInitializer.initialize(plan.parameters(), 3);
    try (Backend backend =
            new TornadoBackend(
                device,
                DeviceLimits.of(device),
                failing,
                TrainingRunTest.KERNELS,
                DeviceCheck.PASSED);
        LoadedModel model = backend.load(plan, parameters);
        InferenceSession session = model.open(1)) {
      session.start(0, TrainingRunTest.tokens(1), 0);
      assertThatThrownBy(session::step)
          .isInstanceOf(BackendException.class)
          .hasMessageStartingWith("backend tornado: the kernels [")
          .hasMessageEndingWith(
              "] failed on %s: TornadoVM gives no reason".formatted(device.description()));
    }
    assertThat(afterARest(new JavaProducts(KernelChoice.Shape.CPU))).doesNotContain(Float.NaN);
  }

  @Test
  void aDeviceThatVanishesDuringASessionIsOneErrorAndClosesCleanly() {
    assumeStandIn();
    Plan plan = TrainingRunTest.PLAN;
    var parameters = ParameterInitializer.initialize(plan.parameters(), 3);
    try (Backend backend =
            new TornadoBackend(
                device,
                DeviceLimits.of(device),
                StandInCuBlas.products(),
                TrainingRunTest.KERNELS,
                DeviceCheck.PASSED);
        TrainingSession session = backend.train(plan, parameters, 1)) {
      session.start(0, TrainingRunTest.tokens(1), TrainingRunTest.tokens(2), 0);
      assertThat(session.step(new boolean[1], 1f)[0].loss()).isFinite();
      StandInCuBlas.vanishAfter(20);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> session.step(new boolean[1], 1f))
            .isInstanceOf(BackendException.class)
            .hasMessageStartingWith("backend tornado: the kernels [")
            .hasMessageContaining("] failed on %s".formatted(device.description()))
            .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
      }
    } finally {
      StandInCuBlas.vanishAfter(Long.MAX_VALUE);
    }
    assertThat(afterARest(StandInCuBlas.products())).doesNotContain(Float.NaN);
  }

  @Test
  void areRefusedOrReplacedWhereTheyFailTheCheck() {
    Products library = StandInCuBlas.products();
    assertThatThrownBy(() ->
            ProductChoice.CUBLAS.products(
                device, TrainingRunTest.KERNELS, library, (d, p) -> "sums are wrong"))
        .isInstanceOf(BackendException.class)
        .hasMessageStartingWith("backend tornado: matrix products by cuBLAS do not work on ")
        .hasMessageEndingWith(": sums are wrong; -Dtrm.tornado.products=java does without it");
    assertThat(
            ProductChoice.CUBLAS.products(device, TrainingRunTest.KERNELS, library, (d, p) -> null))
        .isSameAs(library);
    assertThat(
            ProductChoice.JAVA.products(
                device, TrainingRunTest.KERNELS, library, (d, p) -> "not asked"))
        .isInstanceOf(JavaProducts.class);
    boolean offered = device.device().getTornadoVMBackend() == TornadoVMBackendType.CUDA;
    assertThat(
            ProductChoice.AUTO.products(device, TrainingRunTest.KERNELS, library, (d, p) -> null))
        .isInstanceOf(offered ? CuBlasProducts.class : JavaProducts.class);
    assertThat(
            ProductChoice.AUTO.products(
                device, TrainingRunTest.KERNELS, library, (d, p) -> "sums are wrong"))
        .isInstanceOf(JavaProducts.class);
  }

  @Test
  void aPrecisionThatIsNotToBeHadIsOneLogLine() {
    assumeThat(device.device().getTornadoVMBackend()).isNotEqualTo(TornadoVMBackendType.CUDA);
    Map<String, String> options = Map.of("precision", "bf16");
    List<String> log =
        LogLines.of(
            ProductChoice.class,
            () ->
                assertThat(ProductChoice.AUTO.products(device, TrainingRunTest.KERNELS, options))
                    .isInstanceOf(JavaProducts.class));
    assertThat(log)
        .containsExactly(
            "backend tornado: products in BF16 are made by cuBLAS only; Java kernels on %s make them in FP32"
                .formatted(device.description()));
  }
}
