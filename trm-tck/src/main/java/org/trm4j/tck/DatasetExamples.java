package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.plan.operation.Loss;

/** The checks of {@link DatasetContract} on examples. */
final class DatasetExamples {
  static final int LOOKED_AT = 200;

  private DatasetExamples() {}

  /** Returns the first examples of a split. */
  static List<Example> examples(ExampleSource source) {
    assertThat(source.size()).as("examples").isPositive();
    return IntStream.range(0, Math.min(LOOKED_AT, source.size())).mapToObj(source::get).toList();
  }

  /** Returns the answer, with the question's token where there is no label. */
  static int[] answer(Example example) {
    int[] answer = example.labels().clone();
    for (int i = 0; i < answer.length; i++) {
      answer[i] = answer[i] == Loss.IGNORED ? example.tokens()[i] : answer[i];
    }
    return answer;
  }

  /** Asserts that an example fits its domain. */
  static void inVocabulary(PuzzleDomain domain, Example example, int identifiers) {
    assertThat(example.tokens()).hasSize(domain.seqLen());
    assertThat(example.labels()).hasSize(domain.seqLen());
    assertThat(example.puzzleIdentifier()).isBetween(0, identifiers - 1);
    for (int token : example.tokens()) {
      assertThat(token).as("token").isBetween(0, domain.vocabSize() - 1);
    }
    for (int label : example.labels()) {
      if (label != Loss.IGNORED) {
        assertThat(label).as("label").isBetween(0, domain.vocabSize() - 1);
      }
    }
  }

  /** Asserts that no test question is a training question under a symmetry. */
  static void disjoint(Dataset dataset, Symmetry.Key symmetry) {
    Map<String, List<int[]>> train = new HashMap<>();
    ExampleSource source = dataset.split("train");
    for (int i = 0; i < source.size(); i++) {
      int[] question = source.get(i).tokens();
      train.computeIfAbsent(symmetry.key(question), key -> new ArrayList<>()).add(question);
    }
    for (Example example : examples(dataset.split("test"))) {
      for (int[] known : train.getOrDefault(symmetry.key(example.tokens()), List.of())) {
        assertThat(symmetry.same(known, example.tokens()))
            .as(
                "whether the test question %s is the training question %s turned",
                Arrays.toString(example.tokens()), Arrays.toString(known))
            .isFalse();
      }
    }
  }
}
