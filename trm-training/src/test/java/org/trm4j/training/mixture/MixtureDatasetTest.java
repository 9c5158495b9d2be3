package org.trm4j.training.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.frontend.DataText;
import org.trm4j.training.Weight;

class MixtureDatasetTest {
  /** The number of givens tells the parts apart. */
  private static MixtureDataset mixture() {
    return new MixtureDataset(
        List.of(
            part("sudoku:size=4,train=endless,test=9,minGivens=8,maxGivens=9", "1:1,400:0"),
            part("sudoku:size=4,train=endless,test=9,minGivens=10,maxGivens=11", "1"),
            part("sudoku:size=4,train=40,test=9,minGivens=12,maxGivens=13", "0:0,200:0,201:3")));
  }

  private static MixtureDataset.Part part(String location, String weight) {
    return new MixtureDataset.Part(DataText.open(location), Weight.parse(weight));
  }

  private static int part(Example example) {
    long givens = Arrays.stream(example.tokens()).filter(token -> token > 1).count();
    return (int) (givens - 8) / 2;
  }

  private static String text(Example example) {
    return Arrays.toString(example.tokens());
  }

  @Test
  void theSharesFollowTheWeights() {
    int[] early = new int[3];
    int[] late = new int[3];
    try (MixtureDataset mixture = mixture();
        ExampleStream stream = mixture.trainingStream(1, false)) {
      for (int i = 0; i < 2000; i++) {
        early[part(stream.next(200))]++;
      }
      for (int i = 0; i < 2000; i++) {
        late[part(stream.next(400))]++;
      }
    }
    // Weights 0.5, 1 and 0, then 0, 1 and 3; three standard deviations are 0.032.
    assertThat(early[0] / 2000.0).isCloseTo(1 / 3.0, within(0.032));
    assertThat(early[2]).isZero();
    assertThat(late[0]).isZero();
    assertThat(late[2] / 2000.0).isCloseTo(0.75, within(0.032));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 150, 399, 500})
  void goesOnWhereItWas(int taken) {
    List<String> whole = new ArrayList<>();
    try (MixtureDataset mixture = mixture();
        ExampleStream stream = mixture.trainingStream(5, true)) {
      for (int i = 0; i < 600; i++) {
        whole.add(text(stream.next(i + 1)));
      }
    }
    String state;
    try (MixtureDataset mixture = mixture();
        ExampleStream stream = mixture.trainingStream(5, true)) {
      for (int i = 0; i < taken; i++) {
        stream.next(i + 1);
      }
      state = stream.state();
    }
    try (MixtureDataset mixture = mixture();
        ExampleStream stream = mixture.trainingStream(5, true)) {
      stream.resume(taken, state);
      for (int i = taken; i < 600; i++) {
        assertThat(text(stream.next(i + 1))).as("example %s", i).isEqualTo(whole.get(i));
      }
    }
  }

  /** A file's examples come in whole passes, whatever is mixed in. */
  @Test
  void aListIsPassedOverAsAWhole() {
    Set<String> pass = new HashSet<>();
    try (MixtureDataset mixture = mixture();
        ExampleStream stream = mixture.trainingStream(1, false)) {
      for (int found = 0; found < 40; ) {
        Example example = stream.next(1000);
        if (part(example) == 2) {
          pass.add(text(example));
          found++;
        }
      }
    }
    assertThat(pass).hasSize(40);
  }

  @Test
  void partsOfOneLocationAreDifferentPuzzles() {
    String location = "sudoku:size=6,train=endless,test=0";
    Set<String> seen = new HashSet<>();
    try (MixtureDataset mixture =
            new MixtureDataset(List.of(part(location, "1"), part(location, "1")));
        ExampleStream stream = mixture.trainingStream(1, false)) {
      for (int i = 0; i < 300; i++) {
        seen.add(text(stream.next(1)));
      }
    }
    assertThat(seen).hasSize(300);
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    MixtureDataset.Part four = part("sudoku:size=4,train=2,test=1", "1");
    assertThatThrownBy(
            () -> new MixtureDataset(List.of(four, part("sudoku:size=6,train=2,test=1", "1"))))
        .isInstanceOf(DatasetException.class)
        .hasMessage("mixture: sudoku {size=6} beside sudoku {size=4}, expected one kind of puzzle");
    assertThatThrownBy(() ->
            new MixtureDataset(
                List.of(
                    part("sudoku:size=4,train=2,test=1", "0:1,10:0"),
                    part("sudoku:size=4,train=2,test=1", "0:0,10:0,11:1"))))
        .isInstanceOf(DatasetException.class)
        .hasMessage("mixture: all weights are 0 at step 10, expected one above 0");
    assertThatThrownBy(() -> new MixtureDataset(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTheStateOfAnotherMixture() {
    try (MixtureDataset mixture = mixture();
        ExampleStream stream = mixture.trainingStream(1, false)) {
      for (String state : List.of("", "5 0 ;", "2 0 ;2 0 ;2 0 ;", "2 0 ;2 0 ;1 9 ;", "a b c")) {
        assertThatThrownBy(() -> stream.resume(5, state))
            .isInstanceOf(DatasetException.class)
            .hasMessageContaining("expected 3 data sets of which it took 5 examples");
      }
    }
  }

  /** Its training examples are its test puzzles, with digits renamed, and others. */
  private static Dataset leaking() {
    Dataset inner = DataText.open("sudoku:size=4,train=30,test=9");
    ExampleSource test = inner.split("test");
    ExampleSource train = inner.split("train");
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.getName().equals("trainingStream")
                ? new ExampleStream() {
                  private final SplittableRandom random = new SplittableRandom((long) arguments[0]);
                  private long at;

                  @Override
                  public Example next() {
                    int i = (int) (at++ % 39);
                    Example example = i < 9 ? test.get(i) : train.get(i - 9);
                    return inner
                        .domain()
                        .augmentation()
                        .orElseThrow()
                        .augment(example, random.split());
                  }
                }
                : method.invoke(inner, arguments);
    return (Dataset)
        Proxy.newProxyInstance(
            MixtureDatasetTest.class.getClassLoader(), new Class<?>[] {Dataset.class}, handler);
  }

  @Test
  void noOtherPartTrainsOnWhatTheFirstIsTestedOn() {
    try (MixtureDataset mixture =
            new MixtureDataset(
                List.of(
                    part("sudoku:size=4,train=30,test=9", "1"),
                    new MixtureDataset.Part(leaking(), Weight.constant(3))));
        ExampleStream stream = mixture.trainingStream(1, true)) {
      TestedPuzzles tested = TestedPuzzles.of(mixture.parts().getFirst().dataset());
      assertThat(tested.size()).isEqualTo(9);
      for (int i = 0; i < 500; i++) {
        assertThat(tested.contains(stream.next(1))).as("example %s", i).isFalse();
      }
      List<MixtureDataset.Taken> taken = mixture.taken(500, stream.state());
      assertThat(taken.get(0).refused()).isZero();
      assertThat(taken.get(1).refused()).isPositive();
      assertThat(taken.get(0).count() + taken.get(1).count() - taken.get(1).refused())
          .isEqualTo(500);
      List<String> rest = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        rest.add(text(stream.next(1)));
      }
      String state = stream.state();
      try (ExampleStream again = mixture.trainingStream(1, true)) {
        again.skip(500);
        for (String example : rest) {
          assertThat(text(again.next(1))).isEqualTo(example);
        }
        assertThat(again.state()).isEqualTo(state);
      }
    }
  }
}
