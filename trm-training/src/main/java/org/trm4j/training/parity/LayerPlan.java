package org.trm4j.training.parity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.Sum;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.task.ParameterLayout;

/**
 * Plans of one layer for one sequence. All token embeddings are zero, so that the learned positions
 * are the layer's input and their gradient is the gradient of that input; further positions bring
 * the output gradient in. The state is the layer's output.
 */
final class LayerPlan {
  static final String INPUT = ParameterLayout.POSITION_EMBEDDING;
  static final String OUTPUT_GRADIENT = "output_gradient";
  static final String STATE = "y";
  static final String STATE_INIT = "Y_init";
  static final String GATE_UP = "gate_up";
  static final String DOWN = "down";
  static final String QKV = "qkv";
  static final String OUT = "out";
  private static final double ROTARY_BASE = 10000;

  private final int length;
  private final int width;
  private final int vocabulary;
  private final int heads;
  private final Buffer x;
  private final Buffer y;
  private final Buffer dx;
  private final Buffer dy;

  LayerPlan(int length, int width, int vocabulary, int heads) {
    this.length = length;
    this.width = width;
    this.vocabulary = vocabulary;
    this.heads = heads;
    x = temporary("x", length, width);
    y = temporary("out", length, width);
    dx = temporary("d(x)", length, width);
    dy = temporary("d(out)", length, width);
  }

  /** {@code rmsNorm(x + swiGlu(x))}. */
  Plan swiGlu(int inner, float epsilon) {
    ParameterSpec gateUp = trained(GATE_UP, 2L * inner, width);
    ParameterSpec down = trained(DOWN, width, inner);
    Buffer rms = temporary("rms", length);
    return plan(
        new SwiGlu(x, y, rms, gateUp, down, epsilon),
        new SwiGlu.Backward(x, y, rms, dy, dx, gateUp, down));
  }

  /** {@code rmsNorm(x + attention(x))} with rotary positions. */
  Plan attention(float epsilon) {
    ParameterSpec qkv = trained(QKV, 3L * width, width);
    ParameterSpec out = trained(OUT, width, width);
    SelfAttention.Saved saved =
        new SelfAttention.Saved(
            temporary("rms", length),
            temporary("attended", length, width),
            temporary("lse", heads, length));
    return plan(
        new SelfAttention(x, y, saved, qkv, out, heads, ROTARY_BASE, epsilon),
        new SelfAttention.Backward(x, y, saved, dy, dx, qkv, out, heads, ROTARY_BASE));
  }

  private Plan plan(Operation forward, Operation backward) {
    return plan(
        List.of(forward),
        y,
        List.of(
            lossOf(dLogits(), dq()),
            new Embed(dy, tokens(), null, trained(OUTPUT_GRADIENT, length, width), 1)),
        backward);
  }

  /** The loss on {@code logits = W_lm x}, its gradient with respect to x. */
  Plan loss() {
    Buffer dLogits = dLogits();
    Buffer dq = dq();
    return plan(
        List.of(),
        x,
        List.of(lossOf(dLogits, dq)),
        new OutputHeads.Backward(x, dLogits, dq, dx, lmHead(), qWeight(), qBias()));
  }

  private Plan plan(
      List<Operation> forward, Buffer output, List<Operation> between, Operation backward) {
    Buffer state = new Buffer(STATE, Shape.of(length, width), Buffer.Role.STATE);
    List<PlanNode> nodes = new ArrayList<>();
    nodes.add(new Embed(x, tokens(), null, input(), 1));
    nodes.addAll(forward);
    nodes.add(new OutputHeads(output, logits(), q(), lmHead(), qWeight(), qBias()));
    nodes.add(new Sum(List.of(output), state));
    List<PlanNode> inference = List.copyOf(nodes);
    nodes.addAll(between);
    nodes.add(backward);
    nodes.add(new Embed.Backward(dx, tokens(), null, input(), 1));
    return new Plan(
        config(),
        "single layer",
        parameters(nodes),
        inference,
        nodes,
        List.of(StateBuffer.stored(state, initial(), false)),
        logits(),
        q());
  }

  private List<ParameterSpec> parameters(List<PlanNode> nodes) {
    Set<ParameterSpec> specs = new LinkedHashSet<>();
    for (PlanNode node : nodes) {
      if (node instanceof Operation operation) {
        specs.addAll(operation.parameters());
      }
    }
    specs.add(initial());
    return List.copyOf(specs);
  }

  private ParameterSpec initial() {
    return new ParameterSpec(STATE_INIT, Shape.of(width), ParameterSpec.Kind.FIXED, 1, 0);
  }

  private ModelConfig config() {
    return ModelConfig.builder()
        .hidden(width, heads)
        .tokens(length, vocabulary)
        .puzzleEmbedding(0, 0, 1)
        .mixer(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.LEARNED)
        .build();
  }

  private ParameterSpec tokens() {
    return trained(ParameterLayout.TOKEN_EMBEDDING, vocabulary, width);
  }

  private ParameterSpec input() {
    return trained(INPUT, length, width);
  }

  private ParameterSpec lmHead() {
    return trained(ParameterLayout.LM_HEAD, vocabulary, width);
  }

  private ParameterSpec qWeight() {
    return trained(ParameterLayout.Q_HEAD_WEIGHT, 2, width);
  }

  private static ParameterSpec qBias() {
    return trained(ParameterLayout.Q_HEAD_BIAS, 2);
  }

  private Buffer logits() {
    return new Buffer("logits", Shape.of(length, vocabulary), Buffer.Role.OUTPUT);
  }

  private Buffer dLogits() {
    return temporary("d(logits)", length, vocabulary);
  }

  private static Buffer dq() {
    return temporary("d(q)", 2);
  }

  /** Every training step has a loss; the gradients of most of these layers do not come from it. */
  private Loss lossOf(Buffer dLogits, Buffer dq) {
    return new Loss(logits(), q(), null, dLogits, dq);
  }

  private static Buffer q() {
    return new Buffer("q", Shape.of(2), Buffer.Role.OUTPUT);
  }

  private static Buffer temporary(String name, long... shape) {
    return new Buffer(name, Shape.of(shape), Buffer.Role.TEMPORARY);
  }

  private static ParameterSpec trained(String name, long... shape) {
    return new ParameterSpec(name, Shape.of(shape), ParameterSpec.Kind.TRAINED, 1, 0);
  }
}
