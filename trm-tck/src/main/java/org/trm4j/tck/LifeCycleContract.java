package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.tck.sample.SmallModel;

/** Discovery, opening and closing, and the refusal of undeclared capabilities. */
interface LifeCycleContract extends BackendUnderTest {
  /** The provider is registered, and describes itself. */
  @Test
  default void isDiscovered() {
    BackendProvider provider = provider();
    assertThat(provider.id()).as("id").matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(provider.spiVersion()).as("SPI version").isEqualTo(BackendProvider.SPI_VERSION);
    assertThat(provider.description()).as("description").isNotBlank().doesNotContain("\n");
    assertThat(provider.availability()).as("availability").isNotNull();
    assertThat(provider.capabilities()).as("capabilities").contains(Backend.Capability.INFERENCE);
    assertThat(Trm.standard().plugins().backends().get(provider.id()))
        .as("the registered backend %s", provider.id())
        .hasSameClassAs(provider);
  }

  /** The backend has its provider's id, and names its device. */
  @Test
  default void namesItself() {
    try (Backend backend = open()) {
      assertThat(backend.id()).as("id").isEqualTo(provider().id());
      assertThat(backend.device()).as("device").isNotBlank();
      assertThat(backend.parallelism()).as("parallelism").isPositive();
    }
  }

  /** Everything may be closed twice, and refuses further use. */
  @Test
  default void refusesUseAfterClose() {
    SmallModel small = SmallModel.attention();
    Backend backend = open();
    LoadedModel model = backend.load(small.plan(), small.parameters());
    InferenceSession session = model.open(1);
    InferenceSession orphan = model.open(1);
    assertThat(model.plan()).isEqualTo(small.plan());
    session.close();
    session.close();
    closed(() -> session.start(0, SmallModel.tokens(1), 0));
    closed(session::step);
    closed(() -> session.haltLogit(0));
    model.close();
    model.close();
    closed(() -> model.open(1));
    closed(orphan::step);
    LoadedModel second = backend.load(small.plan(), small.parameters());
    backend.close();
    backend.close();
    closed(() -> second.open(1));
    closed(() -> backend.load(small.plan(), small.parameters()));
  }

  /** A training session may be closed twice, and refuses further use. */
  @Test
  default void refusesTrainingAfterClose() {
    Assumptions.assumeTrue(declares(Backend.Capability.TRAINING), "does not declare TRAINING");
    SmallModel small = SmallModel.attention();
    try (Backend backend = open()) {
      TrainingSession session = small.train(backend, 1);
      session.close();
      session.close();
      closed(() -> session.step(new boolean[1], 1));
      closed(session::parameters);
      TrainingSession orphan = small.train(backend, 1);
      backend.close();
      closed(() -> orphan.step(new boolean[1], 1));
    }
  }

  /** Undeclared training is refused with the contract's message. */
  @Test
  default void refusesWhatItDoesNotDeclare() {
    Assumptions.assumeFalse(declares(Backend.Capability.TRAINING), "declares TRAINING");
    SmallModel small = SmallModel.attention();
    try (Backend backend = open()) {
      assertThatThrownBy(() -> backend.train(small.plan(), small.parameters(), 1))
          .isInstanceOf(BackendException.class)
          .hasMessage("backend %s: does not declare TRAINING", provider().id());
    }
  }

  private static void closed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("is closed")
        .message()
        .doesNotContain("\n");
  }
}
