package org.trm4j.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.PositionEncoding;
import org.trm4j.model.Shape;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.Mix;
import org.trm4j.recursion.NetworkModule;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.StateStart;
import org.trm4j.recursion.Statement;

/**
 * Lowers a program: loops stay loops without gradient; the part with gradient is unrolled into
 * single assignments.
 */
final class Lowering {
  private final ModelConfig config;
  private final RecursionProgram program;
  private final List<ParameterSpec> parameters;
  private final Layers layers;
  private final Map<String, Buffer> states = new LinkedHashMap<>();
  private final Buffer x;
  private int updates;

  Lowering(ModelConfig config, RecursionProgram program) {
    this.config = config;
    this.program = program;
    this.parameters = ParameterLayout.of(config, program);
    this.layers = new Layers(config, parameters);
    this.x = layers.hidden(RecursionProgram.INPUT);
    Shape shape = Shape.of(config.length(), config.hiddenSize());
    for (LatentState state : program.states()) {
      states.put(state.name(), new Buffer(state.name(), shape, BufferRole.STATE));
    }
  }

  Plan lower() {
    Buffer logits =
        new Buffer("logits", Shape.of(config.seqLen(), config.vocabSize()), BufferRole.OUTPUT);
    Buffer q = new Buffer("q", Shape.of(2), BufferRole.OUTPUT);
    List<PlanNode> inference = new ArrayList<>();
    inference.add(embed());
    Map<String, Buffer> environment = environment(states);
    forward(program.body(), environment, inference);
    inference.add(heads(environment, logits, q));
    return new Plan(
        config,
        program.name(),
        parameters,
        inference,
        training(logits, q),
        program.states().stream().map(this::state).toList(),
        logits,
        q);
  }

  private StateBuffer state(LatentState state) {
    Buffer buffer = get(states, state.name());
    return switch (state.start()) {
      case StateStart.Stored(String vector) ->
          StateBuffer.stored(buffer, layers.find(vector), state.constant());
      case StateStart.TruncatedNormal(double std) ->
          new StateBuffer(buffer, null, std, state.constant());
    };
  }

  private List<PlanNode> training(Buffer logits, Buffer q) {
    List<PlanNode> nodes = new ArrayList<>();
    nodes.add(embed());
    Recorded recorded = new Recorded(environment(states), nodes);
    recorded.statements(program.body(), false);
    OutputHeads heads = heads(recorded.environment, logits, q);
    recorded.operation(heads);
    recorded.storeStates();
    Buffer nextQ = program.continueTarget() ? lookAhead(nodes) : null;
    Buffer logitsGradient = new Buffer("d(logits)", logits.shape(), BufferRole.TEMPORARY);
    Buffer qGradient = new Buffer("d(q)", q.shape(), BufferRole.TEMPORARY);
    nodes.add(new Loss(logits, q, nextQ, logitsGradient, qGradient));
    GradientTape tape = new GradientTape(recorded.detached);
    tape.seed(logits, logitsGradient);
    tape.seed(q, qGradient);
    for (Operation operation : recorded.operations.reversed()) {
      operation.differentiate(tape);
    }
    embed().differentiate(tape);
    nodes.addAll(tape.operations());
    return nodes;
  }

  /** One further step on copies of the states, for q_continue's target. */
  private Buffer lookAhead(List<PlanNode> nodes) {
    Map<String, Buffer> copies = new HashMap<>();
    for (Buffer state : states.values()) {
      Buffer copy = new Buffer("next." + state.name(), state.shape(), BufferRole.TEMPORARY);
      nodes.add(new Sum(List.of(state), copy));
      copies.put(state.name(), copy);
    }
    Map<String, Buffer> environment = environment(copies);
    forward(program.body(), environment, nodes);
    Buffer nextQ = new Buffer("next.q", Shape.of(2), BufferRole.TEMPORARY);
    Buffer noLogits =
        new Buffer("next.logits", Shape.of(0, config.vocabSize()), BufferRole.TEMPORARY);
    nodes.add(heads(environment, noLogits, nextQ));
    return nextQ;
  }

  private Map<String, Buffer> environment(Map<String, Buffer> from) {
    Map<String, Buffer> environment = new HashMap<>(from);
    environment.put(RecursionProgram.INPUT, x);
    return environment;
  }

  private Embed embed() {
    boolean learned = config.positions() == PositionEncoding.LEARNED;
    // The published code multiplies by this decimal, not by 1/sqrt(2).
    double scale = Math.sqrt(config.hiddenSize()) * (learned ? 0.707106781 : 1);
    return new Embed(
        x,
        layers.find(ParameterLayout.TOKEN_EMBEDDING),
        config.puzzleEmbDim() > 0 ? layers.find(ParameterLayout.PUZZLE_EMBEDDING) : null,
        learned ? layers.find(ParameterLayout.POSITION_EMBEDDING) : null,
        (float) scale);
  }

  private OutputHeads heads(Map<String, Buffer> environment, Buffer logits, Buffer q) {
    return new OutputHeads(
        get(environment, program.answer()),
        logits,
        q,
        layers.find(ParameterLayout.LM_HEAD),
        layers.find(ParameterLayout.Q_HEAD_WEIGHT),
        layers.find(ParameterLayout.Q_HEAD_BIAS));
  }

  private void forward(
      List<Statement> body, Map<String, Buffer> environment, List<PlanNode> target) {
    for (Statement statement : body) {
      switch (statement) {
        case Statement.Repeat repeat -> {
          List<PlanNode> inner = new ArrayList<>();
          forward(repeat.body(), environment, inner);
          if (repeat.times() == 1) {
            target.addAll(inner);
          } else {
            target.add(new PlanNode.Repeat(repeat.times(), inner));
          }
        }
        case Statement.WithoutGradient region -> forward(region.body(), environment, target);
        case Statement.WithGradient region -> forward(region.body(), environment, target);
        case Statement.Update update -> update(update, environment, null, target);
      }
    }
  }

  private void update(
      Statement.Update update,
      Map<String, Buffer> environment,
      @Nullable Buffer output,
      List<? super Operation> target) {
    List<Buffer> terms = new ArrayList<>();
    update.hidden().forEach(name -> terms.add(get(environment, name)));
    update.injection().forEach(name -> terms.add(get(environment, name)));
    boolean save = output != null;
    String prefix = save ? "u" + updates++ + "." : "h.";
    Buffer sum = layers.hidden(prefix + "in");
    target.add(new Sum(terms, sum));
    Buffer state = get(environment, update.state());
    Buffer result = output == null ? state : output;
    Mix mix = update.mix();
    Buffer value = mix.replaces() ? result : layers.hidden(prefix + "net");
    layers.append(module(update.module()), sum, value, prefix, save, target);
    if (!mix.replaces()) {
      target.add(
          new MixState(
              state,
              value,
              result,
              (float) mix.lambda(),
              (float) mix.sigma(),
              List.copyOf(states.keySet()).indexOf(update.state())));
    }
  }

  private NetworkModule module(String name) {
    return program.modules().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static Buffer get(Map<String, Buffer> environment, String name) {
    Buffer buffer = environment.get(name);
    if (buffer == null) {
      throw new IllegalStateException("plan: no buffer for " + name);
    }
    return buffer;
  }

  /** The training forward pass: states get a new version at each update that the gradient sees. */
  private final class Recorded {
    final Map<String, Buffer> environment;
    final List<PlanNode> nodes;
    final List<Operation> operations = new ArrayList<>();
    final Set<Buffer> detached = new HashSet<>(states.values());
    private int version;

    Recorded(Map<String, Buffer> environment, List<PlanNode> nodes) {
      this.environment = environment;
      this.nodes = nodes;
    }

    void operation(Operation operation) {
      nodes.add(operation);
      operations.add(operation);
    }

    void statements(List<Statement> body, boolean gradient) {
      for (Statement statement : body) {
        switch (statement) {
          case Statement.Repeat repeat -> {
            for (int i = 0; i < repeat.times(); i++) {
              statements(repeat.body(), gradient);
            }
          }
          case Statement.WithGradient region -> statements(region.body(), true);
          case Statement.WithoutGradient region -> {
            storeStates();
            forward(region.body(), environment, nodes);
          }
          case Statement.Update update -> {
            List<Operation> made = new ArrayList<>();
            Buffer next = layers.hidden(update.state() + "#" + ++version);
            update(update, environment, next, made);
            made.forEach(this::operation);
            environment.put(update.state(), next);
          }
        }
      }
    }

    /**
     * Copies new versions back into the state buffers; what reads them afterwards is cut off from
     * the gradient.
     */
    void storeStates() {
      for (Buffer state : states.values()) {
        Buffer current = environment.put(state.name(), state);
        if (current != null && !current.equals(state)) {
          nodes.add(new Sum(List.of(current), state));
        }
      }
    }
  }
}
