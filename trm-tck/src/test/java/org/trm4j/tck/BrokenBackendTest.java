package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.trm4j.backend.spi.BackendProvider;

/** The suite catches a defect of every category, and passes without a defect. */
class BrokenBackendTest {
  private record Suite(BackendProvider provider, String required)
      implements LifeCycleContract,
          ErrorContract,
          OperationContract,
          TrainingContract,
          DeterminismContract,
          IsolationContract,
          RandomnessContract {}

  private record Case(Defect defect, ThrowingCallable contract, String message) {}

  private static Suite suite(Defect defect) {
    return new Suite(new BrokenProvider(defect), "");
  }

  @TestFactory
  List<DynamicTest> catches() {
    return List.of(
            new Case(
                Defect.FORGETS_STATES_OF_INFERENCE,
                suite(Defect.FORGETS_STATES_OF_INFERENCE)::restoresTheStatesOfASequence,
                "logits of a restored sequence"),
            new Case(
                Defect.DRAFT_IS_NOT_THE_ARG_MAX,
                suite(Defect.DRAFT_IS_NOT_THE_ARG_MAX)::draftsWithoutLogits,
                "draft without logits"),
            new Case(
                Defect.MODELS_SHARE_PARAMETERS,
                suite(Defect.MODELS_SHARE_PARAMETERS)::keepsModelsApart,
                "logits of the second model"),
            new Case(
                Defect.IGNORES_STOP,
                suite(Defect.IGNORES_STOP)::givesUpAStepWhereAsked,
                "whether a stopped step was done"),
            new Case(
                Defect.NO_PARALLELISM, suite(Defect.NO_PARALLELISM)::namesItself, "parallelism"),
            new Case(Defect.WRONG_ID, suite(Defect.WRONG_ID)::isDiscovered, "not-registered"),
            new Case(Defect.WRONG_LOGITS, suite(Defect.WRONG_LOGITS)::swiGlu, "logits of slot 0"),
            new Case(Defect.NAN_LOGITS, suite(Defect.NAN_LOGITS)::sum, "found NaN"),
            new Case(
                Defect.WRONG_GRADIENT,
                suite(Defect.WRONG_GRADIENT)::tokenSwiGlu,
                "token_swi_glu backward"),
            new Case(
                Defect.NO_WEIGHT_DECAY,
                suite(Defect.NO_WEIGHT_DECAY)::trainsAsTheOracle,
                "step 2, slot 0, loss: found"),
            new Case(
                Defect.NOT_DETERMINISTIC,
                suite(Defect.NOT_DETERMINISTIC)::repeatedInferenceIsTheSame,
                "expected bitwise"),
            new Case(
                Defect.SHARED_CARRY,
                suite(Defect.SHARED_CARRY)::keepsCarriesApart,
                "logits beside a NaN"),
            new Case(
                Defect.SESSIONS_DISTURB_EACH_OTHER,
                suite(Defect.SESSIONS_DISTURB_EACH_OTHER)::runsSessionsConcurrently,
                "logits of a concurrent session"),
            new Case(
                Defect.FORGETS_MOMENTS,
                suite(Defect.FORGETS_MOMENTS)::restoresOptimizerState,
                "after restoring: relative error"),
            new Case(
                Defect.FORGETS_STATES,
                suite(Defect.FORGETS_STATES)::goesOnFromWhatIsRestored,
                "after restoring"),
            new Case(
                Defect.FORGETS_DRAWS,
                suite(Defect.FORGETS_DRAWS)::goesOnFromWhatIsRestored,
                "after restoring"),
            new Case(
                Defect.TRAINING_NOT_DETERMINISTIC,
                suite(Defect.TRAINING_NOT_DETERMINISTIC)::repeatedTrainingIsTheSame,
                "expected bitwise"),
            new Case(
                Defect.DEPENDS_ON_OTHER_SLOTS,
                suite(Defect.DEPENDS_ON_OTHER_SLOTS)::threadsAndOtherSlotsMakeNoDifference,
                "expected bitwise"),
            new Case(
                Defect.WRONG_NOISE, suite(Defect.WRONG_NOISE)::addsTheNoiseOfTheContract, "noise"),
            new Case(
                Defect.USABLE_AFTER_CLOSE,
                suite(Defect.USABLE_AFTER_CLOSE)::refusesUseAfterClose,
                "Expecting code to raise"),
            new Case(
                Defect.ACCEPTS_ANY_OPTION,
                suite(Defect.ACCEPTS_ANY_OPTION)::refusesUnknownOptions,
                "Expecting code to raise"),
            new Case(
                Defect.ACCEPTS_ANY_TOKEN,
                suite(Defect.ACCEPTS_ANY_TOKEN)::refusesWrongInference,
                "Expecting code to raise"),
            new Case(
                Defect.UNDECLARED_TRAINING,
                suite(Defect.UNDECLARED_TRAINING)::refusesWhatItDoesNotDeclare,
                "Expecting code to raise"))
        .stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.defect().name(),
                () ->
                    assertThatThrownBy(c.contract())
                        .isNotInstanceOf(TestAbortedException.class)
                        .hasMessageContaining(c.message())))
        .toList();
  }

  @Test
  void passesWithoutDefect() {
    Suite suite = suite(Defect.NONE);
    assertThat(suite.declares(org.trm4j.backend.spi.Backend.Capability.TRAINING)).isTrue();
    suite.refusesWrongInference();
    suite.keepsCarriesApart();
    suite.restoresTheStatesOfASequence();
    suite.keepsModelsApart();
    suite.givesUpAStepWhereAsked();
    suite.addsTheNoiseOfTheContract();
    suite.refusesUseAfterClose();
  }

  @Test
  void abortsWhereTheBackendIsUnavailable() {
    assertThatThrownBy(suite(Defect.UNAVAILABLE)::namesItself)
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("backend reference: unavailable: no device; plug one in");
  }

  @Test
  void failsWhereTheBuildRequiresTheBackend() {
    Suite required = new Suite(new BrokenProvider(Defect.UNAVAILABLE), "other,reference");
    assertThatThrownBy(required::open)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("required by -Dtrm.tck.required=other,reference");
  }
}
