package com.example.latin;

import java.nio.file.Path;
import java.util.*;
import java.util.random.RandomGenerator;
import java.util.stream.*;
import org.trm4j.dataset.spi.*;
import org.trm4j.datasets.*;

/** The data set {@code latin-square}: 4x4 unless {@code size} says otherwise, always generated. */
public final class LatinSquareProvider implements DatasetProvider {
  public String id() {
    return "latin-square";
  }

  public int spiVersion() {
    return SPI_VERSION;
  }

  public String description() {
    return "Latin squares: each symbol once in every row and column";
  }

  public boolean accepts(Path path) {
    return false;
  }

  public boolean generates() {
    return true;
  }

  public List<DatasetProvider.Option> options() {
    return List.of(
        new DatasetProvider.Option("size", "4", "rows, columns and symbols: 2 to 9"),
        new DatasetProvider.Option("train", "1000", "training puzzles"),
        new DatasetProvider.Option("test", "100", "test puzzles"),
        new DatasetProvider.Option("seed", "1", "of the generator"));
  }

  public PuzzleDomain domain(Map<String, String> options) {
    return new LatinSquare((int) new Options(id(), options(), options).integer("size", 2, 9));
  }

  public Dataset open(Path path, Map<String, String> options) {
    throw new DatasetException("latin-square: " + path + ": no files are read; generate some");
  }

  public Dataset generate(Map<String, String> options) {
    Options read = new Options(id(), options(), options);
    LatinSquare square = (LatinSquare) domain(options);
    SplittableRandom random = new SplittableRandom(read.integer("seed", 0, Long.MAX_VALUE));
    SplitBySymmetry split = new SplitBySymmetry(id(), square::decode);
    int train = (int) read.integer("train", 0, 99_999),
        test = (int) read.integer("test", 1, 99_999);
    return new MemoryDataset(
        square, split.fill(train, test, () -> square.draw(random)).byName(), 1);
  }
}

/** The puzzle: token 0 is an open cell, tokens 1 to size are the symbols. */
record LatinSquare(int size) implements PuzzleDomain, PuzzleCodec, Verifier {
  public String id() {
    return "latin-square";
  }

  public Map<String, String> options() {
    return Map.of("size", "" + size);
  }

  public int seqLen() {
    return size * size;
  }

  public int vocabSize() {
    return size + 1;
  }

  public PuzzleCodec codec() {
    return this;
  }

  public Optional<Verifier> verifier() {
    return Optional.of(this);
  }

  public String symbol(int token) {
    return token == 0 ? "." : "" + token;
  }

  public boolean blank(int token) {
    return token == 0;
  }

  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(size, size, size, size);
  }

  public int[] encode(String question) {
    String expected = "[.1-" + size + "]{" + size * size + "}";
    if (!question.matches(expected))
      throw new InvalidPuzzleException("latin-square: '" + question + "', expected " + expected);
    int[] tokens = question.chars().map(c -> c == '.' ? 0 : c - '0').toArray();
    String wrong = clash(tokens);
    if (!wrong.isEmpty())
      throw new InvalidPuzzleException("latin-square: " + question + ": " + wrong);
    return tokens;
  }

  public String decode(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(this::symbol).collect(Collectors.joining());
  }

  public Verification verify(int[] question, int[] answer) {
    boolean filled =
        IntStream.range(0, answer.length)
            .allMatch(i -> answer[i] > 0 && (question[i] == 0 || question[i] == answer[i]));
    String wrong = filled ? clash(answer) : "a cell is open or not as given";
    return wrong.isEmpty() ? Verification.CORRECT : Verification.wrong(wrong);
  }

  private String clash(int[] tokens) {
    if (tokens.length != seqLen() || Arrays.stream(tokens).anyMatch(t -> t < 0 || t > size)) {
      return "expected " + seqLen() + " cells, each . or 1 to " + size;
    }
    for (int i = 0; i < tokens.length; i++) {
      for (int j = 0; j < i; j++) {
        if (tokens[i] > 0
            && tokens[i] == tokens[j]
            && (i / size == j / size || i % size == j % size))
          return tokens[i] + " stands in cells " + (j + 1) + " and " + (i + 1);
      }
    }
    return "";
  }

  /** A cyclic square with shuffled rows, columns and symbols, a third of its cells open. */
  Example draw(RandomGenerator random) {
    List<List<Integer>> order = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      order.add(IntStream.range(0, size).boxed().collect(Collectors.toList()));
      Collections.shuffle(order.get(i), random);
    }
    int[] labels =
        IntStream.range(0, seqLen())
            .map(i -> (order.get(0).get(i / size) + order.get(1).get(i % size)) % size)
            .map(t -> order.get(2).get(t) + 1)
            .toArray();
    int[] tokens = Arrays.stream(labels).map(t -> random.nextInt(3) == 0 ? 0 : t).toArray();
    return new Example(tokens, labels, 0);
  }
}
