package org.trm4j.tck.sample;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.Sum;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TokenSwiGlu;
import org.trm4j.task.ParameterLayout;

/** Composes plans of a single operation by hand. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SingleOperation {
  public static final String TABLE = ParameterLayout.TOKEN_EMBEDDING;
  public static final String STATE = "y";
  private static final float EPSILON = 1e-5f;

  private final OperationKind kind;
  private final OperationSizes sizes;
  private final int length;
  private final int d;
  private final Buffer x;
  private final Buffer state;
  private final Buffer logits;
  private final Buffer q;
  private final ParameterSpec table;
  private final ParameterSpec lmHead;
  private final ParameterSpec qWeight;
  private final ParameterSpec qBias;
  private final @Nullable ParameterSpec puzzles;
  private final ParameterSpec initial;
  private final ParameterSpec positions;

  private SingleOperation(OperationKind kind, OperationSizes sizes) {
    this.kind = kind;
    this.sizes = sizes;
    length = sizes.length();
    d = sizes.hidden();
    x = hidden("x");
    state = new Buffer(STATE, Shape.of(length, d), Buffer.Role.STATE);
    logits = new Buffer("logits", Shape.of(sizes.tokens(), sizes.vocabulary()), Buffer.Role.OUTPUT);
    q = new Buffer("q", Shape.of(2), Buffer.Role.OUTPUT);
    table = trained(TABLE, sizes.vocabulary(), d);
    lmHead = trained(ParameterLayout.LM_HEAD, sizes.vocabulary(), d);
    qWeight = trained(ParameterLayout.Q_HEAD_WEIGHT, 2, d);
    qBias = trained(ParameterLayout.Q_HEAD_BIAS, 2);
    initial = new ParameterSpec("Y_init", Shape.of(d), ParameterSpec.Kind.FIXED, 1, 0);
    positions = trained(ParameterLayout.POSITION_EMBEDDING, length, d);
    puzzles =
        sizes.puzzleWidth() == 0
            ? null
            : new ParameterSpec(
                ParameterLayout.PUZZLE_EMBEDDING,
                Shape.of(3, sizes.puzzleWidth()),
                ParameterSpec.Kind.PUZZLE_EMBEDDING,
                0,
                0);
  }

  public static Plan plan(OperationKind kind, OperationSizes sizes) {
    return new SingleOperation(kind, sizes).plan();
  }

  private Plan plan() {
    List<PlanNode> inference = new ArrayList<>();
    inference.add(embed());
    inference.add(forward(state, false));
    inference.add(new OutputHeads(state, logits, q, lmHead, qWeight, qBias));

    Buffer output = hidden("out");
    Buffer dLogits = new Buffer("d(logits)", logits.shape(), Buffer.Role.TEMPORARY);
    Buffer dq = new Buffer("d(q)", q.shape(), Buffer.Role.TEMPORARY);
    Buffer dOutput = hidden("d(out)");
    Buffer dx = hidden("d(x)");
    Operation operation = forward(output, true);
    List<PlanNode> training = new ArrayList<>();
    training.add(embed());
    training.add(operation);
    training.add(new OutputHeads(output, logits, q, lmHead, qWeight, qBias));
    training.add(new Sum(List.of(output), state));
    training.add(new Loss(logits, q, null, dLogits, dq));
    training.add(new OutputHeads.Backward(output, dLogits, dq, dOutput, lmHead, qWeight, qBias));
    training.add(backward(operation, dOutput, dx));
    training.add(new Embed.Backward(dx, table, puzzles, usedPositions(), 1));
    return new Plan(
        config(),
        "single operation",
        parameters(training),
        inference,
        training,
        List.of(StateBuffer.stored(state, initial, false)),
        logits,
        q);
  }

  private Embed embed() {
    return new Embed(x, table, puzzles, usedPositions(), 1);
  }

  /** Positions only if they do not mask the kind of inputs. */
  private @Nullable ParameterSpec usedPositions() {
    return kind == OperationKind.EMBED_AND_HEADS ? positions : null;
  }

  private Operation forward(Buffer output, boolean save) {
    return switch (kind) {
      case EMBED_AND_HEADS -> new Sum(List.of(x), output);
      case SUM -> new Sum(List.of(x, x, x), output);
      case SWI_GLU ->
          new SwiGlu(
              x, output, save ? temporary("rms", length) : null, gateUp(d), down(d), EPSILON);
      case TOKEN_SWI_GLU ->
          new TokenSwiGlu(
              x, output, save ? temporary("rms", d) : null, gateUp(length), down(length), EPSILON);
      case GRID_CONVOLUTION ->
          new GridConvolution(
              x,
              output,
              save ? temporary("rms", length) : null,
              trained("conv", d, (long) sizes.kernelSize() * sizes.kernelSize()),
              sizes.columns(),
              EPSILON);
      case SELF_ATTENTION, ROTARY_SELF_ATTENTION ->
          new SelfAttention(
              x,
              output,
              save ? saved() : null,
              trained("qkv", 3 * d, d),
              trained("out", d, d),
              sizes.heads(),
              kind == OperationKind.ROTARY_SELF_ATTENTION ? 10000 : 0,
              EPSILON);
    };
  }

  private SelfAttention.Saved saved() {
    return new SelfAttention.Saved(
        temporary("rms", length), hidden("attended"), temporary("lse", sizes.heads(), length));
  }

  private static Operation backward(Operation forward, Buffer dOutput, Buffer dx) {
    return switch (forward) {
      case Sum op -> new Sum(op.inputs().stream().map(input -> dOutput).toList(), dx);
      case SwiGlu(Buffer in, Buffer out, Buffer rms, ParameterSpec up, ParameterSpec down, float e)
          when rms != null ->
          new SwiGlu.Backward(in, out, rms, dOutput, dx, up, down);
      case TokenSwiGlu(
              Buffer in,
              Buffer out,
              Buffer rms,
              ParameterSpec up,
              ParameterSpec down,
              float e)
          when rms != null ->
          new TokenSwiGlu.Backward(in, out, rms, dOutput, dx, up, down);
      case GridConvolution op when op.inverseRms() != null ->
          new GridConvolution.Backward(
              op.input(), op.output(), op.inverseRms(), dOutput, dx, op.kernel(), op.columns());
      case SelfAttention op when op.saved() != null ->
          new SelfAttention.Backward(
              op.input(),
              op.output(),
              op.saved(),
              dOutput,
              dx,
              op.qkv(),
              op.out(),
              op.heads(),
              op.rotaryBase());
      default -> throw new IllegalStateException("no single-operation gradient of " + forward);
    };
  }

  private List<ParameterSpec> parameters(List<PlanNode> nodes) {
    Set<ParameterSpec> specs = new LinkedHashSet<>();
    for (PlanNode node : nodes) {
      if (node instanceof Operation operation) {
        specs.addAll(operation.parameters());
      }
    }
    specs.add(initial);
    return List.copyOf(specs);
  }

  private ModelConfig config() {
    return ModelConfig.builder()
        .hidden(d, sizes.heads())
        .tokens(sizes.tokens(), sizes.vocabulary())
        .puzzleEmbedding(sizes.puzzleWidth(), sizes.prefix(), 3)
        .mixer(
            switch (kind) {
              case TOKEN_SWI_GLU -> ModelConfig.Mixer.TOKEN_MLP;
              case GRID_CONVOLUTION -> ModelConfig.Mixer.CONVOLUTION;
              default -> ModelConfig.Mixer.ATTENTION;
            },
            ModelConfig.Positions.NONE)
        .grid(sizes.columns(), sizes.kernelSize())
        .build();
  }

  private ParameterSpec gateUp(int width) {
    return trained("gate_up", 2L * sizes.inner(), width);
  }

  private ParameterSpec down(int width) {
    return trained("down", width, sizes.inner());
  }

  private Buffer hidden(String name) {
    return temporary(name, length, d);
  }

  private static Buffer temporary(String name, long... shape) {
    return new Buffer(name, Shape.of(shape), Buffer.Role.TEMPORARY);
  }

  private static ParameterSpec trained(String name, long... shape) {
    return new ParameterSpec(name, Shape.of(shape), ParameterSpec.Kind.TRAINED, 1, 0);
  }
}
