package org.trm4j.training.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.optimizer.UpdateSpec;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.runtime.Optimizers;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.OptimizerSettings;

/**
 * A training session that updates trained parameters on the host, with the optimizers of an {@link
 * UpdateSpec} and the backend's gradients. It keeps moments and averages; rows of the puzzle
 * embedding stay with the backend.
 */
final class HostUpdates implements TrainingSession {
  private final TrainingSession session;
  private final UpdateSpec spec;
  private final OptimizerSettings.Schedule schedule;
  private final List<Parameter> parameters = new ArrayList<>();
  private final boolean puzzles;

  /** The state of one parameter. */
  private record Parameter(
      ParameterSpec spec,
      Optimizer optimizer,
      UpdateSpec.Group group,
      float[] values,
      float[] first,
      float[] second,
      float[] average) {}

  /**
   * Takes a session that was just made.
   *
   * @param plugins that have the optimizers
   * @param initial the values that it was made with
   */
  HostUpdates(
      PluginRegistry plugins,
      TrainingSession session,
      Plan plan,
      ParameterSet initial,
      UpdateSpec spec,
      OptimizerSettings.Schedule schedule) {
    this.session = session;
    this.spec = spec;
    this.schedule = schedule;
    boolean embedding = false;
    Map<UpdateSpec.Group, Optimizer> made = new LinkedHashMap<>();
    for (ParameterSpec parameter : plan.parameters()) {
      embedding |= parameter.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING;
      if (parameter.kind() == ParameterSpec.Kind.TRAINED) {
        UpdateSpec.Group group = group(parameter);
        Optimizer optimizer = made.computeIfAbsent(group, name -> Optimizers.make(plugins, name));
        float[] values = initial.get(parameter.name()).toArray();
        parameters.add(
            new Parameter(
                parameter,
                optimizer,
                group,
                values,
                new float[values.length],
                new float[values.length],
                values.clone()));
      }
    }
    this.puzzles = embedding;
  }

  private UpdateSpec.Group group(ParameterSpec parameter) {
    return spec.groups().stream()
        .filter(group -> group.holds(parameter.name()))
        .findFirst()
        .orElseThrow(() ->
            new TrainingException(
                "update: no parameter group holds %s".formatted(parameter.name())));
  }

  @Override
  public void update(UpdateRule rule) {
    Map<String, Tensor> gradients = session.gradients().tensors();
    if (puzzles) {
      // Rates of 0 leave the trained parameters exactly as they are.
      session.update(
          new UpdateRule(
              rule.step(),
              0,
              0,
              rule.beta1(),
              rule.beta2(),
              rule.puzzleLearningRate(),
              rule.puzzleWeightDecay(),
              rule.averageDecay()));
    }
    float scale = scale(gradients);
    float keep = (float) rule.averageDecay();
    float take = (float) (1 - rule.averageDecay());
    Map<String, Tensor> updated = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      float[] gradient = gradient(gradients, parameter);
      if (scale != 1) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] *= scale;
        }
      }
      UpdateSpec.Group group = parameter.group();
      double rate = schedule.at(group.learningRate(), rule.step());
      parameter
          .optimizer()
          .update(
              parameter.spec(),
              parameter.values(),
              gradient,
              parameter.first(),
              parameter.second(),
              new Optimizer.Step(rule.step(), rate, group.weightDecay()));
      float[] average = parameter.average();
      for (int i = 0; i < average.length; i++) {
        average[i] = keep * average[i] + take * parameter.values()[i];
      }
      updated.put(
          parameter.spec().name(), Tensor.of(parameter.spec().shape(), parameter.values().clone()));
    }
    session.assign(new ParameterSet(updated));
  }

  private static float[] gradient(Map<String, Tensor> gradients, Parameter parameter) {
    Tensor gradient = gradients.get(parameter.spec().name());
    if (gradient == null) {
      throw new BackendException(
          "training session: no gradient of %s".formatted(parameter.spec().name()));
    }
    return gradient.toArray();
  }

  /** Returns the factor that scales all gradients together to the limit. */
  private float scale(Map<String, Tensor> gradients) {
    if (spec.clip() == 0) {
      return 1;
    }
    double squares = 0;
    for (Parameter parameter : parameters) {
      for (float value : gradient(gradients, parameter)) {
        squares += (double) value * value;
      }
    }
    double norm = Math.sqrt(squares);
    return norm > spec.clip() ? (float) (spec.clip() / norm) : 1;
  }

  @Override
  public ParameterSet averages() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach(p -> put(tensors, "", p, p.average()));
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet optimizerState() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach(p -> put(tensors, "m.", p, p.first()));
    parameters.forEach(p -> put(tensors, "v.", p, p.second()));
    parameters.forEach(p -> put(tensors, "ema.", p, p.average()));
    return new ParameterSet(tensors);
  }

  private static void put(
      Map<String, Tensor> tensors, String prefix, Parameter parameter, float[] values) {
    tensors.put(
        prefix + parameter.spec().name(), Tensor.of(parameter.spec().shape(), values.clone()));
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    for (Parameter parameter : parameters) {
      take(state, "m.", parameter, parameter.first());
      take(state, "v.", parameter, parameter.second());
      take(state, "ema.", parameter, parameter.average());
    }
  }

  private static void take(ParameterSet state, String prefix, Parameter parameter, float[] target) {
    state.get(prefix + parameter.spec().name()).copyTo(0, target, 0, target.length);
  }

  @Override
  public int slots() {
    return session.slots();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    session.start(slot, tokens, labels, puzzleIdentifier, key);
  }

  @Override
  public void feed(int slot, String input, float[] values) {
    session.feed(slot, input, values);
  }

  @Override
  public void read(String output, int slot, float[] target) {
    session.read(output, slot, target);
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    return session.step(lastStep, gradientScale);
  }

  @Override
  public void assign(ParameterSet trained) {
    throw new UnsupportedOperationException("assign: the parameters are this object's");
  }

  @Override
  public ParameterSet parametersInPlace() {
    return session.parametersInPlace();
  }

  @Override
  public ParameterSet parameters() {
    return session.parameters();
  }

  @Override
  public ParameterSet gradients() {
    return session.gradients();
  }

  @Override
  public void state(String name, int slot, float[] target) {
    session.state(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    session.restoreState(name, slot, source);
  }

  @Override
  public long draws(int slot) {
    return session.draws(slot);
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    session.restoreDraws(slot, draws);
  }

  @Override
  public void logits(int slot, float[] target) {
    session.logits(slot, target);
  }

  @Override
  public void close() {
    session.close();
  }
}
