package org.trm4j.backend.tornado.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.tornado.LogLines;
import org.trm4j.backend.tornado.TrainingRunTest;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.product.JavaProducts;
import org.trm4j.backend.tornado.session.TornadoBackend;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plan.Plan;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

class DeviceCheckTest {
  private static final DeviceCheck NOISE = new DeviceCheck("noise 3 is 1, expected 2", "", "");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(KernelChoice.Shape.class)
  void theFirstDevicePasses(KernelChoice.Shape shape) {
    KernelChoice kernels = new KernelChoice(shape, KernelChoice.Attention.TILED);
    assertThat(DeviceCheck.of(DeviceChoice.find(""), kernels)).isEqualTo(DeviceCheck.PASSED);
  }

  @Test
  void refusesADeviceWhoseSumsAreWrong() {
    DeviceChoice device = DeviceChoice.find("");
    assertThatThrownBy(() -> new DeviceCheck("", "product 0 is off", "").require(device))
        .isInstanceOf(BackendException.class)
        .hasMessage(
            "backend tornado: matrix products are wrong on %s: product 0 is off; choose another device or a CPU backend, or try another driver"
                .formatted(device.description()));
    assertThatThrownBy(() -> open(device, new DeviceCheck("", "", "norm of rows is off")))
        .hasMessageContaining("norms are wrong on ");
    assertThatCode(() -> NOISE.require(device)).doesNotThrowAnyException();
  }

  private static Backend open(DeviceChoice device, DeviceCheck check) {
    return new TornadoBackend(
        device,
        DeviceLimits.of(device),
        new JavaProducts(KernelChoice.Shape.CPU),
        TrainingRunTest.KERNELS,
        check);
  }

  @Test
  void refusesRandomDrawsWhereTheyAreWrongAndNothingElse() {
    DeviceChoice device = DeviceChoice.find("");
    Plan plain = TrainingRunTest.PLAN;
    Plan noisy = Plan.lower(plain.config(), Trm.standard().program("eqr", Map.of("T", 2, "n", 2)));
    String message = "random draws are wrong on " + device.description();
    try (Backend backend = open(device, NOISE)) {
      var parameters = ParameterInitializer.initialize(noisy.parameters(), 3);
      assertThatThrownBy(() -> backend.load(noisy, parameters)).hasMessageContaining(message);
      assertThatThrownBy(() -> backend.train(noisy, parameters, 1)).hasMessageContaining(message);
      try (LoadedModel model =
              backend.load(plain, ParameterInitializer.initialize(plain.parameters(), 3));
          InferenceSession session = model.open(1)) {
        session.start(0, TrainingRunTest.tokens(1), 0);
        assertThatThrownBy(() -> session.perturb(0, 1f, 1)).hasMessageContaining(message);
      }
    }
  }

  @Test
  void checksADeviceOnceAndAFailedOneAgain() throws IOException {
    CheckCache cache = new CheckCache(folder.resolve("devices"));
    AtomicInteger checks = new AtomicInteger();
    assertThat(find(cache, "a", NOISE, checks)).isEqualTo(NOISE);
    assertThat(find(cache, "a", DeviceCheck.PASSED, checks)).isEqualTo(DeviceCheck.PASSED);
    assertThat(find(cache, "a", NOISE, checks)).isEqualTo(DeviceCheck.PASSED);
    assertThat(checks).hasValue(2);
    assertThat(find(cache, "a, another driver", NOISE, checks)).isEqualTo(NOISE);
    try (var files = Files.list(folder.resolve("devices"))) {
      assertThat(files)
          .hasSize(1)
          .allSatisfy(file -> {
            assertThat(file).content().startsWith("passed\na\n");
          });
    }
  }

  /** All that the checked kernels inline is looked at, too. */
  @Test
  void checksADeviceAgainWhenAKernelHasChanged() {
    List<String> digested = CheckCache.digested();
    JavaClasses kernels =
        new ClassFileImporter().importPackages("org.trm4j.backend.tornado.kernel");
    for (String name : digested) {
      if (!kernels.contain(name)) {
        continue;
      }
      for (Dependency dependency : kernels.get(name).getDirectDependenciesFromSelf()) {
        JavaClass used = dependency.getTargetClass();
        if (used.getPackageName().startsWith("org.trm4j.backend.tornado.kernel")) {
          assertThat(digested).as("%s uses it", name).contains(used.getName());
        }
      }
    }
    assertThat(digested).filteredOn(kernels::contain).hasSizeGreaterThan(15);
  }

  private static DeviceCheck find(
      CheckCache cache, String identity, DeviceCheck found, AtomicInteger checks) {
    return cache.of(
        identity,
        () -> {
          checks.incrementAndGet();
          return found;
        });
  }

  @Test
  void checksADeviceEachTimeWhereNothingCanBeKept() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    CheckCache cache = new CheckCache(file.resolve("devices"));
    AtomicInteger checks = new AtomicInteger();
    find(cache, "a", DeviceCheck.PASSED, checks);
    assertThat(find(cache, "a", DeviceCheck.PASSED, checks)).isEqualTo(DeviceCheck.PASSED);
    assertThat(checks).hasValue(2);
  }

  @Test
  void recordsCudaGraphsOnlyOnACudaDevice() {
    DeviceChoice device = DeviceChoice.find("");
    assumeThat(device.device().getTornadoVMBackend()).isNotEqualTo(TornadoVMBackendType.CUDA);
    List<String> log =
        LogLines.of(
            CudaGraphs.class,
            () ->
                assertThat(
                        CudaGraphs.of(
                            Map.of("cudaGraphs", "true"), device, d -> DeviceCheck.PASSED))
                    .isEqualTo(device));
    assertThat(log)
        .containsExactly(
            "backend tornado: no CUDA graphs on %s: it is no device of TornadoVM's CUDA backend; each kernel is launched by itself"
                .formatted(device.description()));
    assertThat(CudaGraphs.of(Map.of(), device, d -> NOISE)).isEqualTo(device);
    assertThatThrownBy(() -> CudaGraphs.of(Map.of("cudaGraphs", "on"), device, d -> NOISE))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend tornado: cudaGraphs=on, expected true or false");
  }

  @Test
  void knowsADeviceByItsDriverAndTornadoVm() {
    assertThat(DeviceChoice.find("").identity())
        .contains(DeviceChoice.find("").description())
        .containsPattern("\\n[0-9]+\\.[0-9]+\\.[0-9]+")
        .endsWith("Java " + Runtime.version());
  }
}
