package org.trm4j.plan.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.plan.operation.GradientTape;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.MixState;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.Sum;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.task.Objective;
import org.trm4j.task.ParameterLayout;
import org.trm4j.task.TaskProgram;

/**
 * Lowers a program: loops stay loops without gradient; the part with gradient is unrolled into
 * single assignments.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Lowering {
  private final ModelConfig config;
  private final RecursionProgram program;
  private final List<ParameterSpec> parameters;
  private final Layers layers;
  private final Map<String, Buffer> states = new LinkedHashMap<>();
  // What the states start from that start anew at every step.
  private final Map<String, Buffer> starts = new LinkedHashMap<>();
  private final Buffer x;
  private final InputLayer input;
  private final @Nullable Supervision supervision;
  private int updates;

  /** Takes a task and the model that it is lowered for. */
  public Lowering(ModelConfig config, TaskProgram task) {
    this.config = config;
    this.program = task.recursion();
    this.parameters = ParameterLayout.of(config, task);
    this.layers = new Layers(config, parameters);
    this.x = layers.hidden(RecursionProgram.INPUT);
    this.input = new InputLayer(config, layers, task.input(), x);
    Shape shape = Shape.of(config.length(), config.hiddenSize());
    for (LatentState state : program.states()) {
      states.put(state.name(), new Buffer(state.name(), shape, role(state)));
      if (!state.kept()) {
        starts.put(
            state.name(),
            state.start() instanceof LatentState.Start.Input
                ? x
                : new Buffer(state.name() + ".start", shape, Buffer.Role.STATE));
      }
    }
    this.supervision =
        switch (task.objective()) {
          case Objective.Published published -> null;
          case Objective.Terms terms ->
              new Supervision(terms, Math.max(1, program.supervisions()), config, layers);
        };
  }

  /** Returns every parameter, in order. */
  public List<ParameterSpec> parameters() {
    return parameters;
  }

  /**
   * Returns the latent states that are kept, in the program's order; in place of one that starts
   * anew, its start, which no step changes.
   */
  public List<StateBuffer> states() {
    return program.states().stream()
        .filter(state -> !(state.start() instanceof LatentState.Start.Input))
        .map(this::state)
        .toList();
  }

  private static Buffer.Role role(LatentState state) {
    return state.kept() ? Buffer.Role.STATE : Buffer.Role.TEMPORARY;
  }

  /** Returns the logits, or an empty buffer where the task has no head of that name. */
  public Buffer logits() {
    return supervision == null
        ? new Buffer("logits", Shape.of(config.seqLen(), config.vocabSize()), Buffer.Role.OUTPUT)
        : supervision.output("logits", 0, config.vocabSize());
  }

  /** Returns the halting logits, or an empty buffer where the task has no head of that name. */
  public Buffer q() {
    return supervision == null
        ? new Buffer("q", Shape.of(2), Buffer.Role.OUTPUT)
        : supervision.output("q", 0);
  }

  /** Returns what the host hands over besides tokens and labels. */
  public List<Buffer> inputs() {
    List<Buffer> inputs = new ArrayList<>(input.buffers());
    if (supervision != null) {
      inputs.addAll(supervision.inputs());
    }
    return inputs;
  }

  /** Returns the heads of a task with heads of its own. */
  public List<Buffer> outputs() {
    return supervision == null ? List.of() : supervision.outputs();
  }

  /** Returns the terms' losses of such a task. */
  public List<Buffer> losses() {
    return supervision == null ? List.of() : supervision.losses();
  }

  /** Returns the nodes of a step without gradient. */
  public List<PlanNode> inference() {
    List<PlanNode> nodes = new ArrayList<>(input.operations());
    Map<String, Buffer> environment = environment(states);
    startAnew(environment, nodes);
    forward(program.body(), environment, nodes);
    if (supervision == null) {
      nodes.add(heads(environment, logits(), q()));
    } else {
      nodes.addAll(supervision.heads(environment));
    }
    return nodes;
  }

  /** Returns the nodes of a step with loss and gradient. */
  public List<PlanNode> training() {
    List<PlanNode> nodes = new ArrayList<>(input.operations());
    Recorded recorded = new Recorded(environment(states), nodes);
    recorded.startAnew();
    recorded.statements(program.body(), false);
    if (supervision == null) {
      publishedLoss(recorded, nodes);
    } else {
      if (program.supervisions() == 0) {
        recorded.supervise();
      }
      recorded.storeStates();
      if (supervision.looksAhead()) {
        nodes.addAll(supervision.further(furtherStep(nodes)));
      }
    }
    differentiate(recorded, nodes);
    return nodes;
  }

  private void publishedLoss(Recorded recorded, List<PlanNode> nodes) {
    Buffer logits = logits();
    Buffer q = q();
    recorded.operation(heads(recorded.environment, logits, q));
    recorded.storeStates();
    Buffer nextQ = program.continueTarget() ? lookAhead(nodes) : null;
    Buffer logitsGradient = new Buffer("d(logits)", logits.shape(), Buffer.Role.TEMPORARY);
    Buffer qGradient = new Buffer("d(q)", q.shape(), Buffer.Role.TEMPORARY);
    nodes.add(new Loss(logits, q, nextQ, logitsGradient, qGradient));
    recorded.seeds.add(Map.entry(logits, logitsGradient));
    recorded.seeds.add(Map.entry(q, qGradient));
  }

  private StateBuffer state(LatentState state) {
    Buffer buffer = get(state.kept() ? states : starts, state.name());
    boolean constant = state.constant() || !state.kept();
    return switch (state.start()) {
      case LatentState.Start.Stored(String vector) ->
          StateBuffer.stored(buffer, layers.find(vector), constant);
      case LatentState.Start.TruncatedNormal(double std) ->
          new StateBuffer(buffer, null, std, constant);
      case LatentState.Start.Input input ->
          throw new IllegalStateException("plan: the input is no state");
    };
  }

  private void startAnew(Map<String, Buffer> environment, List<PlanNode> nodes) {
    starts.forEach((state, start) -> nodes.add(new Sum(List.of(start), get(environment, state))));
  }

  /** Appends the operations that carry the losses' gradients back to the parameters. */
  private void differentiate(Recorded recorded, List<PlanNode> nodes) {
    GradientTape tape = new GradientTape(recorded.detached);
    recorded.seeds.forEach(seed -> tape.accumulate(seed.getKey(), seed.getValue()));
    for (Operation operation : recorded.operations.reversed()) {
      operation.differentiate(tape);
    }
    for (Operation operation : input.operations().reversed()) {
      operation.differentiate(tape);
    }
    nodes.addAll(tape.operations());
  }

  /** One further step, for q_continue's target. */
  private Buffer lookAhead(List<PlanNode> nodes) {
    Map<String, Buffer> environment = furtherStep(nodes);
    Buffer nextQ = new Buffer("next.q", Shape.of(2), Buffer.Role.TEMPORARY);
    Buffer noLogits =
        new Buffer("next.logits", Shape.of(0, config.vocabSize()), Buffer.Role.TEMPORARY);
    nodes.add(heads(environment, noLogits, nextQ));
    return nextQ;
  }

  /** Appends one further step on copies of the states; returns them. */
  private Map<String, Buffer> furtherStep(List<PlanNode> nodes) {
    Map<String, Buffer> copies = new HashMap<>();
    for (Buffer state : states.values()) {
      Buffer copy = new Buffer("next." + state.name(), state.shape(), Buffer.Role.TEMPORARY);
      nodes.add(new Sum(List.of(state), copy));
      copies.put(state.name(), copy);
    }
    Map<String, Buffer> environment = environment(copies);
    startAnew(environment, nodes);
    forward(program.body(), environment, nodes);
    return environment;
  }

  private Map<String, Buffer> environment(Map<String, Buffer> from) {
    Map<String, Buffer> environment = new HashMap<>(from);
    environment.put(RecursionProgram.INPUT, x);
    return environment;
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
        // Only training has losses and gradients.
        case Statement.Supervise supervise -> {}
        case Statement.Detach detach -> {}
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
    Statement.Mix mix = update.mix();
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

  private RecursionProgram.NetworkModule module(String name) {
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
    private int version;

    Recorded(Map<String, Buffer> environment, List<PlanNode> nodes) {
      this.environment = environment;
      this.nodes = nodes;
    }

    /** The gradient goes on into the input that a state starts from. */
    void startAnew() {
      starts.forEach((state, start) -> {
        if (start.role() == Buffer.Role.STATE) {
          detached.add(start);
        }
        Buffer next = layers.hidden(state + "#" + ++version);
        operation(new Sum(List.of(start), next));
        environment.put(state, next);
      });
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
      if (current.role() != Buffer.Role.STATE) {
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
