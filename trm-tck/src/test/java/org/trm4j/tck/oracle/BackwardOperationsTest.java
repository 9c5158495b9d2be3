package org.trm4j.tck.oracle;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TokenSwiGlu;

/** Every backward operation of the oracle against central differences. */
class BackwardOperationsTest {
  private static final int L = 5;
  private static final int D = 6;
  private final Buffer h = buffer("h", L, D);
  private final Buffer dh = buffer("dh", L, D);
  private final Buffer out = buffer("out", L, D);
  private final Buffer dout = buffer("dout", L, D);

  @Test
  void swiGlu() {
    Buffer rms = buffer("rms", L);
    ParameterSpec gateUp = parameter("gateUp", 14, D);
    ParameterSpec down = parameter("down", D, 7);
    new FiniteDifferences(
            new SwiGlu(h, out, rms, gateUp, down, 1e-5f),
            new SwiGlu.Backward(h, out, rms, dout, dh, gateUp, down))
        .check(Map.of(out, dout), Map.of(h, dh));
  }

  @Test
  void tokenSwiGlu() {
    Buffer rms = buffer("rms", D);
    ParameterSpec gateUp = parameter("gateUp", 14, L);
    ParameterSpec down = parameter("down", L, 7);
    new FiniteDifferences(
            new TokenSwiGlu(h, out, rms, gateUp, down, 1e-5f),
            new TokenSwiGlu.Backward(h, out, rms, dout, dh, gateUp, down))
        .check(Map.of(out, dout), Map.of(h, dh));
  }

  /** The first number is the grid's columns; a kernel may be larger than the grid. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1, 3",
    "5, 1, 3",
    "5, 5, 3",
    "15, 5, 3",
    "15, 3, 5",
    "15, 3, 1",
    "6, 2, 7"
  })
  void gridConvolution(int cells, int columns, int size) {
    Buffer x = buffer("h", cells, D);
    Buffer dx = buffer("dh", cells, D);
    Buffer y = buffer("out", cells, D);
    Buffer dy = buffer("dout", cells, D);
    Buffer rms = buffer("rms", cells);
    ParameterSpec kernel = parameter("kernel", D, (long) size * size);
    new FiniteDifferences(
            new GridConvolution(x, y, rms, kernel, columns, 1e-5f),
            new GridConvolution.Backward(x, y, rms, dy, dx, kernel, columns))
        .check(Map.of(y, dy), Map.of(x, dx));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "3, 0", "3, 10000", "1, 10000", "6, 0"})
  void selfAttention(int heads, double base) {
    SelfAttention.Saved saved =
        new SelfAttention.Saved(
            buffer("rms", L), buffer("attended", L, D), buffer("lse", heads, L));
    ParameterSpec qkv = parameter("qkv", 3 * D, D);
    ParameterSpec o = parameter("o", D, D);
    new FiniteDifferences(
            new SelfAttention(h, out, saved, qkv, o, heads, base, 1e-5f),
            new SelfAttention.Backward(h, out, saved, dout, dh, qkv, o, heads, base))
        .check(Map.of(out, dout), Map.of(h, dh));
  }

  @Test
  void outputHeads() {
    Buffer logits = buffer("logits", 3, 4);
    Buffer dlogits = buffer("dlogits", 3, 4);
    Buffer q = buffer("q", 2);
    Buffer dq = buffer("dq", 2);
    ParameterSpec head = parameter("head", 4, D);
    ParameterSpec weight = parameter("qWeight", 2, D);
    ParameterSpec bias = parameter("qBias", 2);
    new FiniteDifferences(
            new OutputHeads(h, logits, q, head, weight, bias),
            new OutputHeads.Backward(h, dlogits, dq, dh, head, weight, bias))
        .check(Map.of(logits, dlogits, q, dq), Map.of(h, dh));
  }

  @Test
  void embed() {
    ParameterSpec tokens = parameter("tokens", 4, D);
    ParameterSpec positions = parameter("positions", L, D);
    ParameterSpec puzzles =
        new ParameterSpec("puzzles", Shape.of(3, 8), ParameterSpec.Kind.PUZZLE_EMBEDDING, 0, 0);
    FiniteDifferences differences =
        new FiniteDifferences(
            new Embed(out, tokens, puzzles, positions, 1.7f),
            new Embed.Backward(dout, tokens, puzzles, positions, 1.7f));
    // P = 2 rows for 8 values of the puzzle embedding: the last four of the second row are padding.
    differences.workspace().start(new int[] {3, 0, 3}, 2, 0);
    differences.check(Map.of(out, dout), Map.of());
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, true", "true, false"})
  void loss(boolean withContinue, boolean lastStep) {
    Buffer logits = buffer("logits", 3, 4);
    Buffer q = buffer("q", 2);
    Buffer next = buffer("next", 2);
    Buffer dlogits = buffer("dlogits", 3, 4);
    Buffer dq = buffer("dq", 2);
    Loss loss = new Loss(logits, q, withContinue ? next : null, dlogits, dq);
    FiniteDifferences differences = new FiniteDifferences(loss, loss);
    Workspace workspace = differences.workspace();
    workspace.label(new int[] {1, Loss.IGNORED, 3});
    workspace.prepare(lastStep, 0.25);
    double[] x = differences.random(logits);
    double[] halting = differences.random(q);
    differences.random(next);
    Interpreter.run(loss, workspace);
    double[] dx = workspace.read(dlogits);
    double[] dHalting = workspace.read(dq);
    FiniteDifferences.compare("logits", x, dx, () -> value(loss, workspace));
    FiniteDifferences.compare("q", halting, dHalting, () -> value(loss, workspace));
  }

  private static double value(Loss loss, Workspace workspace) {
    Interpreter.run(loss, workspace);
    return 0.25 * workspace.metrics().loss();
  }

  private static Buffer buffer(String name, long... shape) {
    return new Buffer(name, Shape.of(shape), Buffer.Role.TEMPORARY);
  }

  private static ParameterSpec parameter(String name, long... shape) {
    return new ParameterSpec(name, Shape.of(shape), ParameterSpec.Kind.TRAINED, 1, 0);
  }
}
