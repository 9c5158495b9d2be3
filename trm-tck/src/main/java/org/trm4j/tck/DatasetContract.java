package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.tck.DatasetExamples.answer;
import static org.trm4j.tck.DatasetExamples.disjoint;
import static org.trm4j.tck.DatasetExamples.examples;
import static org.trm4j.tck.DatasetExamples.inVocabulary;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.dataset.spi.Verifier;

/** The contract of a data set. A data set's test extends it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class DatasetContract {
  private static final int AUGMENTED = 20;

  /** For subclasses. */
  protected DatasetContract() {}

  /** Returns the data set's provider. */
  protected abstract DatasetProvider provider();

  /** Returns options that generate a small data set, with the seed under test. */
  protected abstract Map<String, String> options(long seed);

  /** Opens a small data set, which is generated unless a subclass overrides this. */
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
    assertThat(Trm.standard().plugins().datasets().get(provider.id()))
        .as("the registered data set %s", provider.id())
        .hasSameClassAs(provider);
  }

  /** A domain can be rebuilt from its own description. */
  @Test
  protected void makesItsDomainAgain() {
    try (Dataset dataset = dataset(1)) {
      PuzzleDomain domain = dataset.domain();
      PuzzleDomain again = provider().domain(domain.options());
      assertThat(domain.id()).isEqualTo(provider().id());
      assertThat(again.seqLen()).as("seqLen").isEqualTo(domain.seqLen());
      assertThat(again.vocabSize()).as("vocabSize").isEqualTo(domain.vocabSize());
      assertThat(again.options()).as("options").isEqualTo(domain.options());
      for (Example example : examples(dataset.split("train"))) {
        assertThat(again.codec().encode(domain.codec().decode(example.tokens())))
            .as("a question as the domain made again reads it")
            .isEqualTo(example.tokens());
      }
      assertThat(domain.codec().grid().rows() * domain.codec().grid().columns())
          .as("cells of the grid")
          .isEqualTo(domain.seqLen());
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

  /** A misspelt option is refused, not silently ignored. */
  @Test
  protected void refusesUnknownOptions() {
    Assumptions.assumeTrue(provider().generates(), provider().id() + " has no generator");
    Map<String, String> options = new HashMap<>(options(1));
    options.put("no-such-option", "1");
    assertThatThrownBy(() -> provider().generate(options).close())
        .as("an unknown option")
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no-such-option")
        .message()
        .doesNotContain("\n");
  }

  /** The tokens of answers have different symbols. */
  @Test
  protected void symbolsTellTokensApart() {
    try (Dataset dataset = dataset(1)) {
      Map<String, Integer> tokens = new HashMap<>();
      for (Example example : examples(dataset.split("train"))) {
        for (int token : answer(example)) {
          Integer other = tokens.putIfAbsent(dataset.domain().codec().symbol(token), token);
          assertThat(other == null || other == token)
              .as(
                  "whether tokens %s and %s of answers have different symbols, found '%s'",
                  other, token, dataset.domain().codec().symbol(token))
              .isTrue();
        }
      }
    }
  }

  /** If answers keep the given cells, each of their tokens is a candidate of its cell. */
  @Test
  protected void answersAreAmongTheCandidates() {
    try (Dataset dataset = dataset(1)) {
      PuzzleDomain domain = dataset.domain();
      List<Example> examples = examples(dataset.split("train"));
      Assumptions.assumeTrue(
          examples.stream().noneMatch(e -> contradicts(domain, e.tokens(), answer(e))),
          provider().id() + ": answers do not keep what is given");
      for (Example example : examples) {
        int[] answer = answer(example);
        for (int i = 0; i < answer.length; i++) {
          assertThat(domain.codec().candidates(example.tokens()[i], domain.vocabSize()))
              .as("candidates of cell %s of %s", i, Arrays.toString(example.tokens()))
              .contains(answer[i]);
        }
      }
    }
  }

  /** Text that is not a question is refused in one line. */
  @Test
  protected void codecRefusesWhatIsNoQuestion() {
    try (Dataset dataset = dataset(1)) {
      for (String text : new String[] {"", "\u0001", "no puzzle at all"}) {
        assertThatThrownBy(() -> dataset.domain().codec().encode(text))
            .as("the question '%s'", text)
            .isInstanceOf(DatasetException.class)
            .message()
            .doesNotContain("\n");
      }
    }
  }

  /** An example is the same each time it is read. */
  @Test
  protected void examplesStayAsTheyAre() {
    try (Dataset dataset = dataset(1)) {
      ExampleSource source = dataset.split("train");
      for (int i = 0; i < Math.min(DatasetExamples.LOOKED_AT, source.size()); i++) {
        Example once = source.get(i);
        Example again = source.get(i);
        assertThat(again.tokens()).as("tokens of example %s", i).isEqualTo(once.tokens());
        assertThat(again.labels()).as("labels of example %s", i).isEqualTo(once.labels());
        assertThat(again.puzzleIdentifier()).isEqualTo(once.puzzleIdentifier());
      }
    }
  }

  /** Every label is a right answer, and a wrong answer is detected. */
  @Test
  protected void verifierKnowsRightFromWrong() {
    try (Dataset dataset = dataset(1)) {
      Verifier verifier = dataset.domain().verifier().orElse(null);
      Assumptions.assumeTrue(verifier != null, provider().id() + " has no verifier");
      for (Example example : examples(dataset.split("train"))) {
        int[] question = example.tokens().clone();
        int[] answer = answer(example);
        assertThat(verifier.verify(question, answer).correct())
            .as("the answer of %s", Arrays.toString(example.tokens()))
            .isTrue();
        assertThat(question).as("the question after it was verified").isEqualTo(example.tokens());
        assertThat(answer).as("the answer after it was verified").isEqualTo(answer(example));
        assertThat(aChangeIsFound(verifier, question, answer, dataset.domain().vocabSize()))
            .as("whether a changed answer of %s is found", Arrays.toString(question))
            .isTrue();
      }
    }
  }

  /** A cell may be free, so that another value is right as well; but not all cells are free. */
  private static boolean aChangeIsFound(
      Verifier verifier, int[] question, int[] answer, int vocabulary) {
    for (int cell = 0; cell < answer.length; cell++) {
      int[] changed = answer.clone();
      changed[cell] = (changed[cell] + 1) % vocabulary;
      if (!verifier.verify(question, changed).correct()) {
        return true;
      }
    }
    return false;
  }

  /** If answers keep the given cells, the right answer to another question is wrong. */
  @Test
  protected void verifierLooksAtWhatIsGiven() {
    try (Dataset dataset = dataset(1)) {
      PuzzleDomain domain = dataset.domain();
      Verifier verifier = domain.verifier().orElse(null);
      Assumptions.assumeTrue(verifier != null, provider().id() + " has no verifier");
      List<Example> examples = examples(dataset.split("train"));
      Assumptions.assumeTrue(
          examples.stream().noneMatch(e -> contradicts(domain, e.tokens(), answer(e))),
          provider().id() + ": answers do not keep what is given");
      int foreign = 0;
      for (int i = 1; i < examples.size(); i++) {
        int[] question = examples.get(i).tokens();
        int[] answer = answer(examples.get(i - 1));
        if (contradicts(domain, question, answer)) {
          foreign++;
          assertThat(verifier.verify(question, answer).correct())
              .as("another question's answer to %s", Arrays.toString(question))
              .isFalse();
        }
      }
      assertThat(foreign).as("answers that contradict another question").isPositive();
    }
  }

  private static boolean contradicts(PuzzleDomain domain, int[] question, int[] answer) {
    for (int i = 0; i < question.length; i++) {
      if (!domain.codec().blank(question[i]) && answer[i] != question[i]) {
        return true;
      }
    }
    return false;
  }

  /** A question and its augmented forms share a key, but not all questions have the same key. */
  @Test
  protected void symmetryKeyTellsClasses() {
    try (Dataset dataset = dataset(1)) {
      PuzzleDomain domain = dataset.domain();
      Symmetry.Key symmetry = domain.symmetry().orElse(null);
      Augmentation augmentation = domain.augmentation().orElse(null);
      Assumptions.assumeTrue(
          symmetry != null && augmentation != null, provider().id() + " tells no symmetry");
      SplittableRandom random = new SplittableRandom(6);
      Set<String> keys = new HashSet<>();
      List<Example> examples = examples(dataset.split("train"));
      for (Example example : examples.subList(0, Math.min(AUGMENTED, examples.size()))) {
        String key = symmetry.key(example.tokens());
        keys.add(key);
        for (int i = 0; i < 3; i++) {
          int[] turned = augmentation.augment(example, random).tokens();
          assertThat(symmetry.key(turned))
              .as("the key of an augmented form of %s", Arrays.toString(example.tokens()))
              .isEqualTo(key);
          assertThat(symmetry.same(example.tokens(), turned))
              .as("whether %s is the same augmented", Arrays.toString(example.tokens()))
              .isTrue();
        }
      }
      assertThat(keys).as("keys of different puzzles").hasSizeGreaterThan(1);
    }
  }

  /** An augmented example is as valid as its original, which stays unchanged. */
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

  /** A symmetry keeps answers right, its inverse undoes it, and all listed symmetries differ. */
  @Test
  protected void symmetriesKeepSolutionsValid() {
    try (Dataset dataset = dataset(1)) {
      PuzzleDomain domain = dataset.domain();
      Symmetry.Family symmetries = domain.symmetries().orElse(null);
      Assumptions.assumeTrue(symmetries != null, provider().id() + " lists no symmetries");
      SplittableRandom random = new SplittableRandom(8);
      for (Example example : examples(dataset.split("train"))) {
        Symmetry drawn = symmetries.draw(example.tokens(), random);
        Example turned = drawn.apply(example);
        inVocabulary(domain, turned, dataset.puzzleIdentifiers());
        assertThat(drawn.inverse().apply(turned.tokens()))
            .as("%s, turned by %s and back", Arrays.toString(example.tokens()), drawn)
            .isEqualTo(example.tokens());
        domain
            .verifier()
            .ifPresent(verifier ->
                assertThat(verifier.verify(turned.tokens(), answer(turned)).correct())
                    .as("the answer of %s under a symmetry", Arrays.toString(turned.tokens()))
                    .isTrue());
        List<Symmetry> all = symmetries.all(example.tokens());
        if (!all.isEmpty()) {
          assertThat(all.getFirst().apply(example.tokens()))
              .as("the first of all symmetries of %s", Arrays.toString(example.tokens()))
              .isEqualTo(example.tokens());
          assertThat(all).doesNotHaveDuplicates().contains(drawn);
        }
      }
    }
  }

  /** No test question is a training question, nor one under a symmetry. */
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
      dataset.domain().symmetry().ifPresent(symmetry -> disjoint(dataset, symmetry));
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
        assertThat(second.next().tokens()).as("example %s", i).isEqualTo(first.next().tokens());
      }
      skipped.skip(20);
      assertThat(skipped.next().tokens()).isEqualTo(first.next().tokens());
    }
  }
}
