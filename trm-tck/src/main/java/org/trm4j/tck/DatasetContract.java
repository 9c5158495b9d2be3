package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.plan.Loss;
import org.trm4j.plugin.Plugins;

/** All that a data set must satisfy. A data set's own test extends it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class DatasetContract {
  private static final int LOOKED_AT = 200;

  /** For subclasses. */
  protected DatasetContract() {}

  /** Returns the data set's provider. */
  protected abstract DatasetProvider provider();

  /** Returns options by which a small data set is generated, with the seed under test. */
  protected abstract Map<String, String> options(long seed);

  /** Opens a small data set; generated unless a subclass says otherwise. */
  protected Dataset dataset(long seed) {
    Assumptions.assumeTrue(provider().generates(), provider().id() + " has no generator");
    return provider().generate(options(seed));
  }

  /** The data set is registered, and describes itself. */
  @Test
  protected void isDiscovered() {
    DatasetProvider provider = provider();
    assertThat(provider.id()).as("id").matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(provider.spiVersion()).as("SPI version").isEqualTo(DatasetProvider.SPI_VERSION);
    assertThat(provider.description()).as("description").isNotBlank().doesNotContain("\n");
    assertThat(Plugins.datasets().get(provider.id()))
        .as("the registered data set %s", provider.id())
        .hasSameClassAs(provider);
  }

  /** A domain is made again from what it tells about itself. */
  @Test
  protected void makesItsDomainAgain() {
    try (Dataset dataset = dataset(1)) {
      PuzzleDomain domain = dataset.domain();
      PuzzleDomain again = provider().domain(domain.options());
      assertThat(domain.id()).isEqualTo(provider().id());
      assertThat(again.seqLen()).as("seqLen").isEqualTo(domain.seqLen());
      assertThat(again.vocabSize()).as("vocabSize").isEqualTo(domain.vocabSize());
    }
  }

  /** Every question survives the codec, and every token lies in the vocabulary. */
  @Test
  protected void codecKeepsQuestions() {
    try (Dataset dataset = dataset(1)) {
      PuzzleDomain domain = dataset.domain();
      for (String split : dataset.splits()) {
        for (Example example : examples(dataset.split(split))) {
          inVocabulary(domain, example, dataset.puzzleIdentifiers());
          String text = domain.codec().decode(example.tokens());
          assertThat(domain.codec().encode(text)).as(text).isEqualTo(example.tokens());
        }
      }
    }
  }

  /** Every label is a right answer, and a wrong one is found out. */
  @Test
  protected void verifierKnowsRightFromWrong() {
    try (Dataset dataset = dataset(1)) {
      Verifier verifier = dataset.domain().verifier().orElse(null);
      Assumptions.assumeTrue(verifier != null, provider().id() + " has no verifier");
      for (Example example : examples(dataset.split("train"))) {
        int[] answer = answer(example);
        assertThat(verifier.verify(example.tokens(), answer).correct())
            .as("the answer of %s", Arrays.toString(example.tokens()))
            .isTrue();
        answer[0] = (answer[0] + 1) % dataset.domain().vocabSize();
        assertThat(verifier.verify(example.tokens(), answer).correct())
            .as("a changed answer of %s", Arrays.toString(example.tokens()))
            .isFalse();
      }
    }
  }

  /** An augmented example is as valid as its original, which is left as it was. */
  @Test
  protected void augmentationKeepsSolutionsValid() {
    try (Dataset dataset = dataset(1)) {
      Augmentation augmentation = dataset.domain().augmentation().orElse(null);
      Assumptions.assumeTrue(augmentation != null, provider().id() + " has no augmentation");
      SplittableRandom random = new SplittableRandom(5);
      boolean changed = false;
      for (Example example : examples(dataset.split("train"))) {
        int[] tokens = example.tokens().clone();
        Example augmented = augmentation.augment(example, random);
        assertThat(example.tokens()).as("the original").isEqualTo(tokens);
        inVocabulary(dataset.domain(), augmented, dataset.puzzleIdentifiers());
        changed |= !Arrays.equals(augmented.tokens(), tokens);
        dataset
            .domain()
            .verifier()
            .ifPresent(verifier ->
                assertThat(verifier.verify(augmented.tokens(), answer(augmented)).correct())
                    .as("the augmented answer of %s", Arrays.toString(augmented.tokens()))
                    .isTrue());
      }
      assertThat(changed).as("whether any example was changed").isTrue();
    }
  }

  /** No test question is a training question. */
  @Test
  protected void splitsAreDisjoint() {
    try (Dataset dataset = dataset(1)) {
      assertThat(dataset.splits()).contains("train", "test");
      Set<List<Integer>> train = new HashSet<>();
      ExampleSource source = dataset.split("train");
      for (int i = 0; i < source.size(); i++) {
        train.add(Arrays.stream(source.get(i).tokens()).boxed().toList());
      }
      for (Example example : examples(dataset.split("test"))) {
        assertThat(train).doesNotContain(Arrays.stream(example.tokens()).boxed().toList());
      }
      assertThatThrownBy(() -> dataset.split("no-such-split"))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("train");
    }
  }

  /** The same seed gives the same puzzles and the same stream; another seed gives others. */
  @Test
  protected void seedsDecide() {
    try (Dataset one = dataset(1);
        Dataset same = dataset(1);
        Dataset other = dataset(2)) {
      assertThat(same.split("train").get(0).tokens()).isEqualTo(one.split("train").get(0).tokens());
      Map<String, Integer> differences = new HashMap<>();
      for (int i = 0; i < Math.min(other.split("train").size(), one.split("train").size()); i++) {
        if (!Arrays.equals(
            other.split("train").get(i).tokens(), one.split("train").get(i).tokens())) {
          differences.merge("questions", 1, Integer::sum);
        }
      }
      assertThat(differences).as("what another seed changes").isNotEmpty();
      ExampleStream first = one.trainingStream(9, true);
      ExampleStream second = same.trainingStream(9, true);
      ExampleStream skipped = same.trainingStream(9, true);
      for (int i = 0; i < 20; i++) {
        assertThat(second.next().tokens()).as("example %d", i).isEqualTo(first.next().tokens());
      }
      skipped.skip(20);
      assertThat(skipped.next().tokens()).isEqualTo(first.next().tokens());
    }
  }

  private static List<Example> examples(ExampleSource source) {
    assertThat(source.size()).as("examples").isPositive();
    return IntStream.range(0, Math.min(LOOKED_AT, source.size())).mapToObj(source::get).toList();
  }

  private static int[] answer(Example example) {
    int[] answer = example.labels().clone();
    for (int i = 0; i < answer.length; i++) {
      answer[i] = answer[i] == Loss.IGNORED ? example.tokens()[i] : answer[i];
    }
    return answer;
  }

  private static void inVocabulary(PuzzleDomain domain, Example example, int identifiers) {
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
}
