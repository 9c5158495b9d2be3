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
import org.trm4j.task.Objective;
import org.trm4j.task.TaskInput;
import org.trm4j.task.TaskProgram;

/**
 * Lowers a program: loops stay loops without gradient; the part with gradient is unrolled into
 * single assignments.
 */
final class Lowering {
  private final ModelConfig config;
  private final TaskProgram task;
  private final RecursionProgram program;
  private final List<ParameterSpec> parameters;
  private final Layers layers;
  private final Map<String, Buffer> states = new LinkedHashMap<>();
  private final Buffer x;
  private int updates;

  Lowering(ModelConfig config, TaskProgram task) {
    this.config = config;
    this.task = task;
    this.program = task.recursion();
    this.parameters = ParameterLayout.of(config, task);
    this.layers = new Layers(config, parameters);
    this.x = layers.hidden(RecursionProgram.INPUT);
    Shape shape = Shape.of(config.length(), config.hiddenSize());
    for (LatentState state : program.states()) {
      states.put(state.name(), new Buffer(state.name(), shape, BufferRole.STATE));
    }
  }

  Plan lower() {
    return switch (task.objective()) {
      case Objective.Published published -> published();
      case Objective.Terms terms -> terms(terms);
    };
  }

  private Plan terms(Objective.Terms objective) {
    Supervision supervision =
        new Supervision(objective, Math.max(1, program.supervisions()), config, layers);
    List<PlanNode> inference = new ArrayList<>(input());
    Map<String, Buffer> environment = environment(states);
    forward(program.body(), environment, inference);
    inference.addAll(supervision.heads(environment));
    List<PlanNode> training = new ArrayList<>(input());
    Recorded recorded = new Recorded(environment(states), training, supervision);
    recorded.statements(program.body(), false);
    if (program.supervisions() == 0) {
      recorded.supervise();
    }
    recorded.storeStates();
    differentiate(recorded, training);
    List<Buffer> inputs = new ArrayList<>();
    if (task.input() instanceof TaskInput.TokenSets(int values)) {
      inputs.add(sets(values));
    }
    inputs.addAll(supervision.inputs());
    return new Plan(
        config,
        program.name(),
        parameters,
        inference,
        training,
        program.states().stream().map(this::state).toList(),
        supervision.output("logits", 0, config.vocabSize()),
        supervision.output("q", 0),
        inputs,
        supervision.outputs(),
        supervision.losses());
  }

  private Plan published() {
    Buffer logits =
        new Buffer("logits", Shape.of(config.seqLen(), config.vocabSize()), BufferRole.OUTPUT);
    Buffer q = new Buffer("q", Shape.of(2), BufferRole.OUTPUT);
    List<PlanNode> inference = new ArrayList<>();
    inference.addAll(input());
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
    nodes.addAll(input());
    Recorded recorded = new Recorded(environment(states), nodes, null);
    recorded.statements(program.body(), false);
    OutputHeads heads = heads(recorded.environment, logits, q);
    recorded.operation(heads);
    recorded.storeStates();
    Buffer nextQ = program.continueTarget() ? lookAhead(nodes) : null;
    Buffer logitsGradient = new Buffer("d(logits)", logits.shape(), BufferRole.TEMPORARY);
    Buffer qGradient = new Buffer("d(q)", q.shape(), BufferRole.TEMPORARY);
    nodes.add(new Loss(logits, q, nextQ, logitsGradient, qGradient));
    recorded.seeds.add(Map.entry(logits, logitsGradient));
    recorded.seeds.add(Map.entry(q, qGradient));
    differentiate(recorded, nodes);
    return nodes;
  }

  /** Appends the operations that carry the losses' gradients back to the parameters. */
  private void differentiate(Recorded recorded, List<PlanNode> nodes) {
    GradientTape tape = new GradientTape(recorded.detached);
    recorded.seeds.forEach(seed -> tape.accumulate(seed.getKey(), seed.getValue()));
    for (Operation operation : recorded.operations.reversed()) {
      operation.differentiate(tape);
    }
    for (Operation operation : input().reversed()) {
      operation.differentiate(tape);
    }
    nodes.addAll(tape.operations());
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

  /** What makes x of what the host hands over. */
  private List<Operation> input() {
    boolean learned = config.positions() == PositionEncoding.LEARNED;
    // The published code multiplies by this decimal, not by 1/sqrt(2).
    double scale = Math.sqrt(config.hiddenSize()) * (learned ? 0.707106781 : 1);
    ParameterSpec positions = learned ? layers.find(ParameterLayout.POSITION_EMBEDDING) : null;
    return switch (task.input()) {
      case TaskInput.Tokens tokens ->
          List.of(
              new Embed(
                  x,
                  layers.find(ParameterLayout.TOKEN_EMBEDDING),
                  config.puzzleEmbDim() > 0 ? layers.find(ParameterLayout.PUZZLE_EMBEDDING) : null,
                  positions,
                  (float) scale));
      case TaskInput.TokenSets(int values) -> {
        Buffer rows =
            new Buffer(
                "x.cells", Shape.of(config.seqLen(), config.hiddenSize()), BufferRole.TEMPORARY);
        yield List.of(
            new Linear(
                sets(values),
                rows,
                layers.find(ParameterLayout.SET_EMBEDDING),
                layers.find(ParameterLayout.SET_BIAS),
                0,
                false),
            new Assemble(
                rows,
                x,
                config.puzzleEmbLen() > 0 ? layers.find(ParameterLayout.PREFIX) : null,
                positions,
                (float) scale));
      }
    };
  }

  private Buffer sets(int values) {
    return new Buffer(TaskProgram.SETS, Shape.of(config.seqLen(), values), BufferRole.INPUT);
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
          if (repeat.times() == 1 || inner.isEmpty()) {
            target.addAll(inner);
          } else {
            target.add(new PlanNode.Repeat(repeat.times(), inner));
          }
        }
        case Statement.WithoutGradient region -> forward(region.body(), environment, target);
        case Statement.WithGradient region -> forward(region.body(), environment, target);
        case Statement.Update update -> update(update, environment, null, target);
        case Statement.Supervise supervise -> {
          // Only training has losses.
        }
        case Statement.Detach detach -> {
          // Only training has gradients.
        }
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
    final List<Map.Entry<Buffer, Buffer>> seeds = new ArrayList<>();
    final Set<Buffer> detached = new HashSet<>(states.values());
    private final @Nullable Supervision supervision;
    private int version;

    Recorded(
        Map<String, Buffer> environment, List<PlanNode> nodes, @Nullable Supervision supervision) {
      this.environment = environment;
      this.nodes = nodes;
      this.supervision = supervision;
    }

    void supervise() {
      if (supervision == null) {
        throw new IllegalStateException("plan: supervise without terms");
      }
      supervision.supervise(environment, nodes, operations, seeds);
    }

    /** Goes on from a copy, which no gradient leaves. */
    private void detach(String state) {
      Buffer current = get(environment, state);
      if (current.role() != BufferRole.STATE) {
        Buffer copy = layers.hidden(state + "#" + ++version);
        nodes.add(new Sum(List.of(current), copy));
        detached.add(copy);
        environment.put(state, copy);
      }
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
          case Statement.Supervise supervise -> supervise();
          case Statement.Detach detach -> detach.states().forEach(this::detach);
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
