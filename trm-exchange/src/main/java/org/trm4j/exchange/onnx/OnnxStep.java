package org.trm4j.exchange.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.exchange.onnx.OnnxGraph.Attribute;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.MixState;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.Sum;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TokenSwiGlu;

/** Turns the inference part of a plan into a graph: loops unrolled, buffers as values. */
final class OnnxStep {
  private final OnnxGraph graph = new OnnxGraph();
  private final OnnxLayers layers;
  private final Plan plan;
  private final ParameterSet parameters;
  private final ModelConfig config;
  private final Map<String, String> values = new HashMap<>();
  private final String tokens;
  private int draws;
  private String noise = "";

  OnnxStep(Plan plan, ParameterSet parameters) {
    this.plan = plan;
    this.config = plan.config();
    this.parameters = parameters;
    this.layers = new OnnxLayers(graph, config);
    this.tokens = graph.wholeInput("tokens", config.seqLen());
  }

  /** Returns the graph. */
  OnnxGraph build() {
    states();
    int count = noisy(plan.inference());
    if (count > 0) {
      noise = graph.realInput("noise", count, config.length(), config.hiddenSize());
    }
    nodes(plan.inference());
    graph.output("logits", value(plan.logits()), config.seqLen(), config.vocabSize());
    graph.output("q_logits", value(plan.q()), 2);
    for (StateBuffer state : plan.states()) {
      if (!state.constant()) {
        graph.output(
            "next_" + state.name(), value(state.buffer()), config.length(), config.hiddenSize());
      }
    }
    return graph;
  }

  /**
   * The graph resets a stored state where the host asks for it; the host itself draws a random one.
   */
  private void states() {
    boolean stored =
        plan.states().stream().anyMatch(state -> state.stored() != null && !state.constant());
    String reset =
        stored
            ? graph.node("Reshape", List.of(graph.flagInput("reset"), graph.whole(-1, 1, 1)))
            : "";
    for (StateBuffer state : plan.states()) {
      ParameterSpec vector = state.stored();
      String start =
          vector == null
              ? ""
              : graph.node(
                  "Reshape", List.of(parameter(vector), graph.whole(1, 1, config.hiddenSize())));
      if (state.constant()) {
        values.put(state.name(), start);
        continue;
      }
      String carried = graph.realInput(state.name(), config.length(), config.hiddenSize());
      values.put(
          state.name(),
          vector == null ? carried : graph.node("Where", List.of(reset, start, carried)));
    }
  }

  private static int noisy(List<PlanNode> nodes) {
    int count = 0;
    for (PlanNode node : nodes) {
      count +=
          switch (node) {
            case PlanNode.Repeat repeat -> Math.multiplyExact(repeat.times(), noisy(repeat.body()));
            case MixState mix -> mix.sigma() > 0 ? 1 : 0;
            default -> 0;
          };
    }
    return count;
  }

  private void nodes(List<PlanNode> nodes) {
    for (PlanNode node : nodes) {
      switch (node) {
        case PlanNode.Repeat repeat -> {
          for (int i = 0; i < repeat.times(); i++) {
            nodes(repeat.body());
          }
        }
        case Embed embed -> put(embed.output(), embed(embed));
        case Sum sum -> put(sum.output(), sum(sum));
        case MixState mix -> put(mix.output(), mix(mix));
        case SwiGlu layer ->
            put(
                layer.output(),
                layers.swiGlu(
                    value(layer.input()),
                    parameter(layer.gateUp()),
                    parameter(layer.down()),
                    layer.epsilon()));
        case TokenSwiGlu layer ->
            put(
                layer.output(),
                layers.transposed(
                    layers.swiGlu(
                        layers.transposed(value(layer.input())),
                        parameter(layer.gateUp()),
                        parameter(layer.down()),
                        layer.epsilon())));
        case GridConvolution layer ->
            put(
                layer.output(),
                layers.convolution(value(layer.input()), layer, parameter(layer.kernel())));
        case SelfAttention layer ->
            put(
                layer.output(),
                layers.attention(
                    value(layer.input()), layer, parameter(layer.qkv()), parameter(layer.out())));
        case OutputHeads heads -> heads(heads);
        default ->
            throw new CheckpointException(
                "export: the operation %s has no ONNX form here"
                    .formatted(node.getClass().getSimpleName()));
      }
    }
  }

  private String embed(Embed embed) {
    String x = graph.node("Gather", List.of(parameter(embed.tokenTable()), tokens));
    int p = config.puzzleEmbLen();
    int d = config.hiddenSize();
    ParameterSpec table = embed.puzzleTable();
    if (table != null) {
      String identifiers = graph.wholeInput("puzzle_identifiers");
      String row = graph.node("Gather", List.of(parameter(table), identifiers));
      int missing = p * d - config.puzzleEmbDim();
      if (missing > 0) {
        row = graph.node("Pad", List.of(row, graph.whole(0, 0, 0, missing)));
      }
      row = graph.node("Reshape", List.of(row, graph.whole(-1, p, d)));
      x = graph.node("Concat", List.of(row, x), new Attribute("axis", 1));
    } else if (p > 0) {
      x = graph.node("Pad", List.of(x, graph.whole(0, p, 0, 0, 0, 0)));
    }
    if (embed.positionTable() != null) {
      x = graph.node("Add", List.of(x, parameter(embed.positionTable())));
    }
    return graph.node("Mul", List.of(x, graph.real(embed.scale())));
  }

  private String sum(Sum sum) {
    String total = value(sum.inputs().getFirst());
    for (Buffer term : sum.inputs().subList(1, sum.inputs().size())) {
      total = graph.node("Add", List.of(total, value(term)));
    }
    return total;
  }

  private String mix(MixState mix) {
    String kept = graph.node("Mul", List.of(value(mix.state()), graph.real(mix.kept())));
    String added = graph.node("Mul", List.of(value(mix.update()), graph.real(mix.lambda())));
    String mixed = graph.node("Add", List.of(kept, added));
    if (mix.sigma() > 0) {
      String index = graph.whole(draws++);
      String draw =
          graph.node(
              "Squeeze",
              List.of(
                  graph.node("Gather", List.of(noise, index), new Attribute("axis", 1)),
                  graph.whole(1)));
      mixed =
          graph.node(
              "Add", List.of(mixed, graph.node("Mul", List.of(draw, graph.real(mix.sigma())))));
    }
    return mixed;
  }

  private void heads(OutputHeads heads) {
    String y = value(heads.input());
    String answer =
        config.puzzleEmbLen() == 0
            ? y
            : graph.node(
                "Slice",
                List.of(
                    y,
                    graph.whole(config.puzzleEmbLen()),
                    graph.whole(config.length()),
                    graph.whole(1)));
    put(heads.logits(), layers.linear(answer, parameter(heads.lmHead())));
    List<String> first =
        new ArrayList<>(List.of(y, graph.whole(0), graph.whole(1), graph.whole(1)));
    String start = graph.node("Squeeze", List.of(graph.node("Slice", first), graph.whole(1)));
    put(
        heads.q(),
        graph.node(
            "Add",
            List.of(layers.linear(start, parameter(heads.qWeight())), parameter(heads.qBias()))));
  }

  private String parameter(ParameterSpec spec) {
    return graph.parameter(spec.name(), parameters.get(spec.name()));
  }

  private void put(Buffer buffer, String value) {
    values.put(buffer.name(), value);
  }

  private String value(Buffer buffer) {
    String value = values.get(buffer.name());
    if (value == null) {
      throw new IllegalStateException("export: nothing has written " + buffer);
    }
    return value;
  }
}
