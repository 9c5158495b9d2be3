package org.trm4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.datasets.sudoku.SudokuProvider;

/** A resumed run goes on at its place without reading and augmenting what it has seen. */
class ShuffledStreamTest {

  private static final class Counted implements ExampleSource {
    private int reads;

    @Override
    public int size() {
      return 7;
    }

    @Override
    public Example get(int index) {
      reads++;
      int[] tokens = new int[16];
      tokens[index] = 2 + index % 4;
      return new Example(tokens, tokens, index);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7, 8, 50, 700})
  void skipsAsIfItHadGivenThem(int count) {
    for (boolean augment : new boolean[] {true, false}) {
      ShuffledStream walked = stream(new Counted(), augment);
      for (int i = 0; i < count; i++) {
        walked.next();
      }
      Counted source = new Counted();
      ShuffledStream skipped = stream(source, augment);
      skipped.skip(count);
      assertThat(source.reads).isZero();
      assertThat(next(skipped)).isEqualTo(next(walked));
    }
  }

  private static ShuffledStream stream(ExampleSource source, boolean augment) {
    return new ShuffledStream(
        source, new SudokuProvider().domain(java.util.Map.of("size", "4")), 3, augment);
  }

  private static List<List<Integer>> next(ShuffledStream stream) {
    List<List<Integer>> found = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Example example = stream.next();
      List<Integer> tokens = new ArrayList<>();
      for (int token : example.tokens()) {
        tokens.add(token);
      }
      found.add(tokens);
    }
    return found;
  }
}
