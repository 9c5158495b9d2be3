package org.trm4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.frontend.DataText;

class EndlessDatasetTest {
  private static final String FOUR = "sudoku:size=4,train=endless,test=200,seed=3";

  private static List<String> take(ExampleStream stream, int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Example example = stream.next();
      taken.add(Arrays.toString(example.tokens()) + Arrays.toString(example.labels()));
    }
    return taken;
  }

  private static List<String> take(String location, long seed, long skip, int count) {
    try (Dataset dataset = DataText.open(location);
        ExampleStream stream = dataset.trainingStream(seed, true)) {
      stream.skip(skip);
      return take(stream, count);
    }
  }

  @Test
  void anExampleFollowsFromSeedsAndPositionAlone() {
    List<String> whole = take(FOUR, 1, 0, 300);
    assertThat(whole).isEqualTo(take(FOUR, 1, 0, 300));
    for (int position : new int[] {1, 15, 16, 17, 250}) {
      assertThat(take(FOUR, 1, position, 20)).isEqualTo(whole.subList(position, position + 20));
    }
    assertThat(take(FOUR, 2, 0, 300)).isNotEqualTo(whole);
    assertThat(take(FOUR.replace("seed=3", "seed=4"), 1, 0, 300)).isNotEqualTo(whole);
    assertThat(new HashSet<>(whole)).as("different puzzles").hasSizeGreaterThan(250);
  }

  @Test
  void skipsInTheMiddleToo() {
    List<String> whole = take(FOUR, 1, 0, 200);
    try (Dataset dataset = DataText.open(FOUR);
        ExampleStream stream = dataset.trainingStream(1, true)) {
      assertThat(take(stream, 5)).isEqualTo(whole.subList(0, 5));
      stream.skip(100);
      assertThat(take(stream, 30)).isEqualTo(whole.subList(105, 135));
      stream.skip(0);
      assertThat(take(stream, 30)).isEqualTo(whole.subList(135, 165));
    }
  }

  /** A resumed run is at its place at once, after days of training too. */
  @Test
  void skipTakesNoTime() {
    long far = 1L << 40;
    assertThat(take(FOUR, 1, far, 3)).isEqualTo(take(FOUR, 1, far - 1, 4).subList(1, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theThreadsDoNotChangeTheExamples(int threads) {
    Dataset lists = DataText.open("sudoku:size=4,train=0,test=1");
    EndlessDataset dataset =
        new EndlessDataset(
            lists, seed -> new Example(new int[] {(int) seed}, new int[] {0}, 0), 5, threads);
    try (ExampleStream stream = dataset.trainingStream(1, false);
        ExampleStream one =
            new EndlessDataset(
                    lists, seed -> new Example(new int[] {(int) seed}, new int[] {0}, 0), 5, 1)
                .trainingStream(1, false)) {
      assertThat(take(stream, 2000)).isEqualTo(take(one, 2000));
    }
  }

  @Test
  void theFailureOfTheGeneratorReachesWhoAsks() {
    Dataset lists = DataText.open("sudoku:size=4,train=0,test=1");
    EndlessDataset dataset =
        new EndlessDataset(
            lists,
            seed -> {
              throw new DatasetException("none of 5 puzzles");
            },
            1);
    try (ExampleStream stream = dataset.trainingStream(1, true)) {
      assertThatThrownBy(stream::next)
          .isInstanceOf(DatasetException.class)
          .hasMessage("none of 5 puzzles");
    }
  }

  /** An interrupt is left to whoever waits and does not change the examples. */
  @Test
  void anInterruptChangesNoExample() {
    List<String> whole = take(FOUR, 1, 0, 100);
    try (Dataset dataset = DataText.open(FOUR);
        ExampleStream stream = dataset.trainingStream(1, true)) {
      Thread.currentThread().interrupt();
      List<String> taken = take(stream, 100);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(taken).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sudoku:size=4,train=endless,test=300",
        "sudoku:size=6,train=endless,test=100",
        "sudoku:size=9,train=endless,test=100,minGivens=22,maxGivens=40",
        "sudoku:size=9,train=endless,test=20,minRating=20",
        "maze:size=8,train=endless,test=100,minPath=10",
        "maze:size=30,train=endless,test=10,minPath=110",
        "maze:size=12,train=endless,test=50,minPath=15,walls=37",
      })
  void noTrainingPositionHoldsATestPuzzleUnderAnySymmetry(String location) {
    try (Dataset dataset = DataText.open(location);
        ExampleStream stream = dataset.trainingStream(7, true)) {
      Symmetry.Key symmetry = dataset.domain().symmetry().orElseThrow();
      ExampleSource test = dataset.split("test");
      Set<String> keys = new HashSet<>();
      for (int i = 0; i < test.size(); i++) {
        keys.add(symmetry.key(test.get(i).tokens()));
      }
      for (int position = 0; position < 400; position++) {
        Example example = stream.next();
        assertThat(keys).doesNotContain(symmetry.key(example.tokens()));
        assertThat(
                dataset
                    .domain()
                    .verifier()
                    .orElseThrow()
                    .verify(example.tokens(), example.labels())
                    .correct())
            .isTrue();
      }
    }
  }

  @Test
  void thereIsNoListOfTrainingExamples() {
    try (Dataset dataset = DataText.open(FOUR)) {
      assertThat(dataset.splits()).containsExactly("test");
      assertThat(dataset.split("test").size()).isEqualTo(200);
      assertThatThrownBy(() -> dataset.split("train"))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("have no end");
    }
    assertThatThrownBy(() -> DataText.open("sudoku:train=endles"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("train is endles");
  }

  @Test
  void theTestSplitIsThatOfAList() {
    try (Dataset endless = DataText.open(FOUR);
        Dataset list = DataText.open(FOUR.replace("endless", "0"))) {
      for (int i = 0; i < 200; i++) {
        assertThat(endless.split("test").get(i).tokens())
            .isEqualTo(list.split("test").get(i).tokens());
      }
    }
  }

  @Test
  void aListsStreamSkipsAsItGoes() {
    assertThat(take("sudoku:size=4,train=30,test=0", 1, 77, 50))
        .isEqualTo(take("sudoku:size=4,train=30,test=0", 1, 0, 127).subList(77, 127));
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Map<Thread, StackTraceElement[]> running;
    try (Dataset dataset = DataText.open(FOUR);
        ExampleStream stream = dataset.trainingStream(1, true)) {
      take(stream, 5);
    }
    for (int i = 0; i < 200; i++) {
      running = Thread.getAllStackTraces();
      running.keySet().removeAll(before);
      if (running.keySet().stream().noneMatch(t -> t.getName().startsWith("trm-examples"))) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("threads still run 2 s after the stream was closed");
  }
}
