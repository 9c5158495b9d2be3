package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.trm4j.dataset.spi.DatasetProvider;

/** The suite of data sets catches a defect of every category. */
class BrokenDatasetTest {
  /** The suite on a data set with a defect. */
  private static final class Suite extends DatasetContract {
    private final DatasetDefect defect;

    Suite(DatasetDefect defect) {
      this.defect = defect;
    }

    @Override
    protected DatasetProvider provider() {
      return new PairsProvider(defect);
    }

    @Override
    protected Map<String, String> options(long seed) {
      return Map.of("seed", Long.toString(seed));
    }
  }

  private record Case(DatasetDefect defect, ThrowingCallable contract, String message) {}

  private static Suite suite(DatasetDefect defect) {
    return new Suite(defect);
  }

  @TestFactory
  List<DynamicTest> catches() {
    return List.of(
            new Case(
                DatasetDefect.DOMAIN_FORGETS_OPTIONS,
                suite(DatasetDefect.DOMAIN_FORGETS_OPTIONS)::makesItsDomainAgain,
                "options"),
            new Case(
                DatasetDefect.TAKES_ANY_OPTION,
                suite(DatasetDefect.TAKES_ANY_OPTION)::refusesUnknownOptions,
                "Expecting code to raise a throwable"),
            new Case(
                DatasetDefect.SYMBOLS_ALIKE,
                suite(DatasetDefect.SYMBOLS_ALIKE)::symbolsTellTokensApart,
                "have different symbols, found '1'"),
            new Case(
                DatasetDefect.CANDIDATES_LEAVE_THE_ANSWER_OUT,
                suite(DatasetDefect.CANDIDATES_LEAVE_THE_ANSWER_OUT)::answersAreAmongTheCandidates,
                "candidates of cell 1"),
            new Case(
                DatasetDefect.STREAM_SKIPS_NOTHING,
                suite(DatasetDefect.STREAM_SKIPS_NOTHING)::seedsDecide,
                "but was"),
            new Case(
                DatasetDefect.VERIFIER_IGNORES_GIVENS,
                suite(DatasetDefect.VERIFIER_IGNORES_GIVENS)::verifierLooksAtWhatIsGiven,
                "another question's answer to"),
            new Case(
                DatasetDefect.VERIFIER_WRITES,
                suite(DatasetDefect.VERIFIER_WRITES)::verifierKnowsRightFromWrong,
                "the answer after it was verified"),
            new Case(
                DatasetDefect.KEY_IS_NOT_INVARIANT,
                suite(DatasetDefect.KEY_IS_NOT_INVARIANT)::symmetryKeyTellsClasses,
                "the key of an augmented form of"),
            new Case(
                DatasetDefect.KEY_IS_CONSTANT,
                suite(DatasetDefect.KEY_IS_CONSTANT)::symmetryKeyTellsClasses,
                "keys of different puzzles"),
            new Case(
                DatasetDefect.TEST_IS_TURNED_TRAIN,
                suite(DatasetDefect.TEST_IS_TURNED_TRAIN)::splitsAreDisjoint,
                "is the training question"),
            new Case(
                DatasetDefect.EXAMPLES_CHANGE,
                suite(DatasetDefect.EXAMPLES_CHANGE)::examplesStayAsTheyAre,
                "tokens of example"),
            new Case(
                DatasetDefect.IDENTIFIER_OUT_OF_RANGE,
                suite(DatasetDefect.IDENTIFIER_OUT_OF_RANGE)::codecKeepsQuestions,
                "to be between"),
            new Case(
                DatasetDefect.CODEC_TAKES_ANYTHING,
                suite(DatasetDefect.CODEC_TAKES_ANYTHING)::codecRefusesWhatIsNoQuestion,
                "Expecting code to raise a throwable"),
            new Case(
                DatasetDefect.GRID_OF_ANOTHER_SIZE,
                suite(DatasetDefect.GRID_OF_ANOTHER_SIZE)::makesItsDomainAgain,
                "cells of the grid"),
            new Case(
                DatasetDefect.WRONG_ID,
                suite(DatasetDefect.WRONG_ID)::isDiscovered,
                "not-registered"),
            new Case(
                DatasetDefect.OTHER_DOMAIN,
                suite(DatasetDefect.OTHER_DOMAIN)::makesItsDomainAgain,
                "vocabSize"),
            new Case(
                DatasetDefect.CODEC_LOSES_A_CELL,
                suite(DatasetDefect.CODEC_LOSES_A_CELL)::codecKeepsQuestions,
                "but was"),
            new Case(
                DatasetDefect.OUT_OF_VOCABULARY,
                suite(DatasetDefect.OUT_OF_VOCABULARY)::codecKeepsQuestions,
                "token"),
            new Case(
                DatasetDefect.VERIFIER_ACCEPTS_ALL,
                suite(DatasetDefect.VERIFIER_ACCEPTS_ALL)::verifierKnowsRightFromWrong,
                "whether a changed answer of"),
            new Case(
                DatasetDefect.VERIFIER_REFUSES_ALL,
                suite(DatasetDefect.VERIFIER_REFUSES_ALL)::verifierKnowsRightFromWrong,
                "the answer of"),
            new Case(
                DatasetDefect.AUGMENTATION_BREAKS_ANSWERS,
                suite(DatasetDefect.AUGMENTATION_BREAKS_ANSWERS)::augmentationKeepsSolutionsValid,
                "the augmented answer of"),
            new Case(
                DatasetDefect.AUGMENTATION_CHANGES_THE_ORIGINAL,
                suite(DatasetDefect.AUGMENTATION_CHANGES_THE_ORIGINAL)
                    ::augmentationKeepsSolutionsValid,
                "the original"),
            new Case(
                DatasetDefect.SYMMETRY_BREAKS_ANSWERS,
                suite(DatasetDefect.SYMMETRY_BREAKS_ANSWERS)::symmetriesKeepSolutionsValid,
                "under a symmetry"),
            new Case(
                DatasetDefect.SYMMETRIES_REPEAT,
                suite(DatasetDefect.SYMMETRIES_REPEAT)::symmetriesKeepSolutionsValid,
                "Found duplicate"),
            new Case(
                DatasetDefect.TEST_IS_TRAIN,
                suite(DatasetDefect.TEST_IS_TRAIN)::splitsAreDisjoint,
                "not to contain"),
            new Case(
                DatasetDefect.IGNORES_THE_SEED,
                suite(DatasetDefect.IGNORES_THE_SEED)::seedsDecide,
                "what another seed changes"),
            new Case(
                DatasetDefect.STREAM_WITHOUT_SEED,
                suite(DatasetDefect.STREAM_WITHOUT_SEED)::seedsDecide,
                "example "))
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
}
