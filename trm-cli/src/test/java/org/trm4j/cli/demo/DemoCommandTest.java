package org.trm4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trm4j.Answer;
import org.trm4j.dataset.spi.Verification;

/** The demo shows the recursion, of which an answer of one step shows nothing. */
class DemoCommandTest {
  private static Answer answer(int steps) {
    return Answer.builder()
        .verification(Verification.CORRECT)
        .steps(steps)
        .totalSteps(steps)
        .build();
  }

  @Test
  void replaysTheAnswersThatTookTheMostSteps() {
    List<Answer> answers =
        IntStream.of(1, 1, 5, 1, 2, 16, 1, 3).mapToObj(DemoCommandTest::answer).toList();
    assertThat(DemoCommand.longest(answers, 4))
        .extracting(Answer::steps)
        .containsExactly(16, 5, 3, 2);
    assertThat(DemoCommand.longest(answers, 100)).hasSize(8);
  }
}
