package org.trm4j.spark.training;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.frontend.BackendText;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.task.ParameterLayout;

/** Some slots of a training session, in an executor's JVM. Used by one task at a time. */
final class Shard implements AutoCloseable {
  private final Plan plan;
  private final Flat flat;
  private final Backend backend;
  private final TrainingSession session;
  private final int slots;
  private final boolean local;

  /** The last step run, the last whose weights were applied, and the last update. */
  private long done;

  private long applied;
  private long updated;
  private @Nullable ShardResult last;

  /** With local steps: the parameters at the start of this round. */
  private float[] begun = new float[0];

  /** Builds the shard in its state before a step. */
  Shard(StepOrder order, ShardOrder mine, Weights weights) {
    plan =
        ModelFiles.read(new ByteArrayInputStream(order.model()), "the broadcast description")
            .description()
            .trainingPlan(order.maxSteps());
    local = order.local();
    flat = local ? Flat.withTable(plan) : new Flat(plan);
    slots = mine.slots;
    TaskContext task = TaskContext.get();
    backend =
        Trm.standard()
            .backend(BackendText.options(order.backend(), task == null ? 1 : task.cpus()));
    session = backend.train(plan, parameters(weights), slots);
    done = order.kind().steps() ? order.number() - 1 : order.number();
    applied = order.number();
    updated = order.number();
    if (local) {
      begun = weights.trained;
      restoreMoments(weights);
    }
  }

  private ParameterSet parameters(Weights weights) {
    Map<String, Tensor> tensors = flat.tensors("", weights.trained);
    tensors.putAll(flat.constantTensors(weights.constants));
    for (ParameterSpec spec : plan.parameters()) {
      if (!local && spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING) {
        tensors.put(spec.name(), Tensor.of(spec.shape(), weights.more));
      }
    }
    return new ParameterSet(tensors);
  }

  private void restoreMoments(Weights weights) {
    int size = flat.trainedSize();
    if (weights.more.length == 2 * size) {
      Map<String, Tensor> state = new LinkedHashMap<>(session.optimizerState().tensors());
      state.putAll(flat.trainedOnly("m.", Arrays.copyOf(weights.more, size)));
      state.putAll(flat.trainedOnly("v.", Arrays.copyOfRange(weights.more, size, 2 * size)));
      session.restoreOptimizerState(new ParameterSet(state));
    }
  }

  /** Returns whether the shard is ready for an order, or has just carried it out. */
  boolean knows(StepOrder order) {
    return order.kind().steps()
        ? done == order.number() - 1 || done == order.number()
        : done == order.number();
  }

  StepSum run(StepOrder order, ShardOrder mine, String location) {
    return switch (order.kind()) {
      case STEP, LOCAL_STEP -> step(order, mine, location);
      case STATES -> states(mine, location);
      case CHANGE -> change(order, mine, location);
      case MOMENTS -> moments(mine, location);
      case CLOSE -> throw new IllegalStateException("a shard is closed by its JVM");
    };
  }

  /** Runs a step; if the same step is ordered again, only reports it again. */
  private StepSum step(StepOrder order, ShardOrder mine, String location) {
    long before = System.nanoTime();
    ShardResult result = last;
    if (done != order.number() || result == null) {
      updateOnce(order, order.number());
      apply(order);
      start(mine);
      result = new ShardResult(mine.shard, location);
      result.metrics(session.step(mine.last, local ? 1f / slots : order.gradientScale()));
      done = order.number();
      report(result);
      last = result;
    }
    float[] gradient = new float[0];
    if (!local) {
      ParameterSet gradients = session.gradients();
      result.rowGradients = flat.puzzles(gradients);
      gradient = flat.of(gradients);
    }
    result.seconds = (System.nanoTime() - before) * 1e-9;
    return StepSum.of(gradient, result);
  }

  /** Applies the update of the last step once, whichever order asks for it first. */
  private void updateOnce(StepOrder order, long number) {
    if (order.rule().length > 0 && updated < number) {
      session.update(order.update());
      updated = number;
    }
  }

  private void apply(StepOrder order) {
    if (applied == order.number() || order.weights() == null) {
      return;
    }
    Weights weights = order.weights().value();
    if (weights.identifiers.length > 0) {
      session.assignGradients(
          new ParameterSet(
              Map.of(
                  ParameterLayout.PUZZLE_EMBEDDING,
                  Tensor.of(
                      Shape.of(weights.identifiers.length, flat.puzzleWidth()),
                      weights.rowGradients))),
          weights.identifiers);
      session.update(weights.rowsOnly());
    }
    session.assign(new ParameterSet(flat.tensors("", weights.trained)));
    begun = local ? weights.trained : begun;
    applied = order.number();
  }

  /** Puts examples into slots, and passes on fed inputs. */
  void start(ShardOrder mine) {
    for (SlotStart start : mine.starts) {
      session.start(start.slot, start.tokens, start.labels, start.identifier, start.key);
      start.states.forEach((name, values) -> session.restoreState(name, start.slot, values));
      if (start.draws > 0) {
        session.restoreDraws(start.slot, start.draws);
      }
      start.inputs.forEach((name, values) -> session.feed(start.slot, name, values));
    }
    mine.feeds.forEach(
        (slot, inputs) -> inputs.forEach((name, values) -> session.feed(slot, name, values)));
  }

  private void report(ShardResult result) {
    result.draws = new long[slots];
    for (int slot = 0; slot < slots; slot++) {
      result.draws[slot] = session.draws(slot);
    }
    if (!plan.hasPublishedLoss()) {
      List<Buffer> buffers = new ArrayList<>(plan.outputs());
      buffers.addAll(plan.losses());
      for (Buffer buffer : buffers) {
        result.outputs.put(
            buffer.name(),
            ofAll(
                buffer.shape().intSize(),
                (slot, target) -> session.read(buffer.name(), slot, target)));
      }
    }
  }

  private interface Reading {
    void of(int slot, float[] target);
  }

  private float[] ofAll(int size, Reading reading) {
    float[] all = new float[Math.multiplyExact(slots, size)];
    float[] one = new float[size];
    for (int slot = 0; slot < slots; slot++) {
      reading.of(slot, one);
      System.arraycopy(one, 0, all, slot * size, size);
    }
    return all;
  }

  private StepSum states(ShardOrder mine, String location) {
    ShardResult result = new ShardResult(mine.shard, location);
    int size = plan.config().length() * plan.config().hiddenSize();
    for (Buffer state : plan.stateBuffers()) {
      result.states.put(
          state.name(), ofAll(size, (slot, target) -> session.state(state.name(), slot, target)));
    }
    return StepSum.of(new float[0], result);
  }

  /** Returns the parameters at the start of the round minus the current ones. */
  private StepSum change(StepOrder order, ShardOrder mine, String location) {
    updateOnce(order, order.number() + 1);
    float[] now = flat.of(session.parameters());
    for (int i = 0; i < now.length; i++) {
      now[i] = begun[i] - now[i];
    }
    return StepSum.of(now, new ShardResult(mine.shard, location));
  }

  private StepSum moments(ShardOrder mine, String location) {
    ParameterSet state = session.optimizerState();
    float[] first = flat.trainedOf("m.", state);
    float[] both = Arrays.copyOf(first, 2 * first.length);
    System.arraycopy(flat.trainedOf("v.", state), 0, both, first.length, first.length);
    return StepSum.of(both, new ShardResult(mine.shard, location));
  }

  @Override
  public void close() {
    session.close();
    backend.close();
  }
}
