package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.tck.oracle.ReferenceProvider;

/** The contract of a recursion policy. A policy's test extends it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class RecursionPolicyContract {
  /** For subclasses. */
  protected RecursionPolicyContract() {}

  /** Returns the policy. */
  protected abstract RecursionPolicyProvider provider();

  /** The policy is registered, and describes itself. */
  @Test
  protected void isDiscovered() {
    RecursionPolicyProvider provider = provider();
    assertThat(provider.id()).as("id").matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(provider.spiVersion())
        .as("SPI version")
        .isEqualTo(RecursionPolicyProvider.SPI_VERSION);
    assertThat(provider.description()).as("description").isNotBlank().doesNotContain("\n");
    assertThat(Trm.standard().plugins().recursionPolicies().get(provider.id()))
        .as("the registered policy %s", provider.id())
        .hasSameClassAs(provider);
  }

  /** The same arguments give the same program, and its name contains them. */
  @Test
  protected void makesTheSameProgramAgain() {
    PolicyArguments defaults = provider().defaults();
    RecursionProgram program = provider().program(defaults);
    assertThat(provider().program(defaults)).isEqualTo(program);
    assertThat(program.name()).startsWith(provider().id());
    assertThat(program.networkEvaluations()).as("network evaluations").isPositive();
    assertThat(program.effectiveDepth()).as("effective depth").isPositive();
  }

  /** Every count (1 to 3) and every other number (halved) changes the program. */
  @Test
  protected void takesItsArguments() {
    for (String name : provider().defaults().values().keySet()) {
      PolicyArguments defaults = provider().defaults();
      if (defaults.values().get(name) instanceof Double number) {
        double other = number == 0 ? 1 : number / 2;
        assertThat(provider().program(defaults.and(name, other)))
            .as("program with %s = %s", name, other)
            .isNotEqualTo(provider().program(defaults));
        continue;
      }
      RecursionProgram one = provider().program(provider().defaults().and(name, 1));
      RecursionProgram three = provider().program(provider().defaults().and(name, 3));
      assertThat(three).as("program with %s = 3, beside 1", name).isNotEqualTo(one);
    }
  }

  /** A small model with this policy infers and learns, and the loss reaches every part of it. */
  @Test
  protected void trainsOnTheOracle() {
    PolicyArguments small = provider().defaults();
    for (String name : small.values().keySet()) {
      if (small.values().get(name) instanceof Integer count) {
        small = small.and(name, Math.min(2, count));
      }
    }
    ModelConfig config =
        ModelConfig.builder()
            .hidden(8, 2)
            .tokens(5, 4)
            .puzzleEmbedding(8, 1, 2)
            .mixer(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)
            .build();
    if (!hasPublishedTask(small, config)) {
      trainsATask(small);
      return;
    }
    Plan plan = Plan.lower(config, provider().program(small));
    ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 1);
    int[] tokens = {0, 1, 2, 3, 0};
    try (Backend backend = new ReferenceProvider().open(BackendOptions.DEFAULT);
        LoadedModel model = backend.load(plan, parameters);
        InferenceSession session = model.open(1);
        TrainingSession training = backend.train(plan, parameters, 1)) {
      session.start(0, tokens, 1);
      session.step();
      assertThat(session.haltLogit(0)).isFinite();
      training.start(0, tokens, new int[] {3, 2, 1, 0, 3}, 1);
      double first = training.step(new boolean[1], 1)[0].languageLoss();
      for (ParameterSpec spec : plan.parameters()) {
        if (spec.kind() == ParameterSpec.Kind.TRAINED) {
          assertThat(training.gradients().get(spec.name()).toArray())
              .as("gradient of %s", spec.name())
              .isNotEqualTo(new float[spec.shape().intSize()]);
        }
      }
      SequenceMetrics[] last = {};
      for (int step = 1; step <= 10; step++) {
        training.update(new UpdateRule(step, 1e-2, 0, 0.9, 0.95, 1e-2, 0, 0.9));
        training.start(0, tokens, new int[] {3, 2, 1, 0, 3}, 1);
        last = training.step(new boolean[1], 1);
      }
      assertThat(last[0].languageLoss()).as("loss after 10 updates").isLessThan(first);
    }
  }

  private boolean hasPublishedTask(PolicyArguments arguments, ModelConfig config) {
    try {
      return provider().task(arguments, config).isPublished();
    } catch (InvalidProgramException e) {
      // A task on sets has no puzzle embedding, but this configuration has one.
      return false;
    }
  }

  /** Any inputs will do; they are the same at every step, and the model memorises them. */
  private void trainsATask(PolicyArguments arguments) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(8, 2)
            .tokens(5, 4)
            .puzzleEmbedding(0, 1, 0)
            .mixer(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)
            .build();
    Plan plan = Plan.lower(config, provider().task(arguments, config));
    ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 1);
    int[] tokens = {0, 1, 2, 3, 0};
    try (Backend backend = new ReferenceProvider().open(BackendOptions.DEFAULT);
        TrainingSession training = backend.train(plan, parameters, 1)) {
      double first = Double.NaN;
      double last = Double.NaN;
      for (int step = 1; step <= 11; step++) {
        training.start(0, tokens, new int[] {3, 2, 1, 0, 3}, 0);
        for (Buffer input : plan.inputs()) {
          float[] values = new float[input.shape().intSize()];
          for (int i = 0; i < values.length; i++) {
            values[i] = input.name().endsWith(".weight") || i % 3 == 0 ? 1 : 0;
          }
          training.feed(0, input.name(), values);
        }
        training.step(new boolean[1], 1);
        last = 0;
        for (Buffer loss : plan.losses()) {
          float[] value = new float[1];
          training.read(loss.name(), 0, value);
          last += value[0];
        }
        if (step == 1) {
          first = last;
          for (ParameterSpec spec : plan.parameters()) {
            if (spec.kind() == ParameterSpec.Kind.TRAINED) {
              assertThat(training.gradients().get(spec.name()).toArray())
                  .as("gradient of %s", spec.name())
                  .isNotEqualTo(new float[spec.shape().intSize()]);
            }
          }
        }
        training.update(new UpdateRule(step, 1e-2, 0, 0.9, 0.95, 1e-2, 0, 0.9));
      }
      assertThat(last).as("loss after 10 updates").isLessThan(first);
    }
  }
}
