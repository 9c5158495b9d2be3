package org.trm4j.backend.tornado.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.tornado.TornadoProvider;
import org.trm4j.backend.tornado.program.Engine;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.task.deduction.DeductionTask;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;

/**
 * What a supervision step copies does not grow with its cycles. Counted by TornadoVM's profiler:
 * random starts, damped and noisy updates, sums of states, and the heads of a task are made where
 * the states are.
 */
class TransfersPerCycleTest {
  private static final int TOKENS = 81;
  private static final int WIDTH = 16;
  private static final int VOCABULARY = 5;
  private static final int SLOTS = 2;

  /** A launch's own operands, with TornadoVM's frame of a call; a state has 5 KiB. */
  private static final long OPERANDS = 1024;

  private static final Pattern LAUNCH =
      Pattern.compile("\"TOTAL_(COPY_IN|COPY_OUT)_SIZE_BYTES\"\\s*:\\s*\"?(\\d+)");

  /** Bytes to the device beyond operands, bytes to the host, and launches. */
  private record Copies(long up, long down, int downloads, int launches) {}

  @ParameterizedTest
  @CsvSource({"trm, n", "eqr, T", "eqr, n", "eqr-deduction, T", "deduction, loops"})
  void copyAsMuchForTwiceTheCycles(String policy, String repeated) {
    Copies once = inferred(plan(policy, repeated, 2));
    Copies twice = inferred(plan(policy, repeated, 4));
    same(once, twice);
    same(trained(plan(policy, repeated, 2)), trained(plan(policy, repeated, 4)));
  }

  private static void same(Copies once, Copies twice) {
    assertThat(twice.launches()).as("launches").isGreaterThan(once.launches());
    assertThat(once.down()).as("bytes to the host").isPositive();
    assertThat(twice.down()).as("bytes to the host").isEqualTo(once.down());
    assertThat(twice.downloads()).as("copies to the host").isEqualTo(once.downloads());
    assertThat(once.up()).as("bytes to the device").isPositive();
    assertThat(twice.up()).as("bytes to the device").isEqualTo(once.up());
  }

  private static Plan plan(String policy, String repeated, int times) {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(WIDTH, 2)
            .tokens(TOKENS, VOCABULARY)
            .puzzleEmbedding(0, 0, 0)
            .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
            .build();
    return Plan.lower(
        config, Trm.standard().task(policy, Map.of("layers", 1, repeated, times), config));
  }

  private static Copies inferred(Plan plan) {
    try (Backend device = new TornadoProvider().open(BackendOptions.DEFAULT);
        LoadedModel model = device.load(plan, parameters(plan));
        InferenceSession session = model.open(SLOTS)) {
      return copies(
          session,
          () -> {
            for (int slot = 0; slot < SLOTS; slot++) {
              session.start(slot, new int[TOKENS], 0, slot);
            }
            session.step();
            if (plan.outputs().isEmpty()) {
              session.logits(0, new float[plan.logits().shape().intSize()]);
            } else {
              session.read(DeductionTask.KEEP, 0, new float[TOKENS * VOCABULARY]);
            }
          });
    }
  }

  /** The losses of a plain network come with the step; those of a task are asked for. */
  private static Copies trained(Plan plan) {
    try (Backend device = new TornadoProvider().open(BackendOptions.DEFAULT);
        TrainingSession session = device.train(plan, parameters(plan), SLOTS)) {
      return copies(
          session,
          () -> {
            for (int slot = 0; slot < SLOTS; slot++) {
              session.start(slot, new int[TOKENS], new int[TOKENS], 0, slot);
            }
            session.step(new boolean[SLOTS], 0.5f);
            if (!plan.outputs().isEmpty()) {
              session.read(DeductionTask.KEEP, 0, new float[TOKENS * VOCABULARY]);
            }
          });
    }
  }

  private static ParameterSet parameters(Plan plan) {
    return ParameterInitializer.initialize(plan.parameters(), 3);
  }

  /** Returns what TornadoVM says that it copied in the second of two steps. */
  private static Copies copies(Object session, Runnable step) {
    step.run();
    TornadoExecutionPlan plan = plan(session);
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    plan.withProfiler(ProfilerMode.CONSOLE);
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      step.run();
    } finally {
      System.setOut(before);
      plan.withoutProfiler();
    }
    return count(said.toString(StandardCharsets.UTF_8));
  }

  private static Copies count(String profile) {
    List<Long> up = new ArrayList<>();
    List<Long> down = new ArrayList<>();
    for (MatchResult found : LAUNCH.matcher(profile).results().toList()) {
      (found.group(1).equals("COPY_IN") ? up : down).add(Long.parseLong(found.group(2)));
    }
    assertThat(up).as(profile).isNotEmpty();
    return new Copies(
        up.stream().filter(bytes -> bytes > OPERANDS).mapToLong(bytes -> bytes).sum(),
        down.stream().mapToLong(bytes -> bytes).sum(),
        (int) down.stream().filter(bytes -> bytes > 0).count(),
        up.size());
  }

  /** The plan with its profiler is TornadoVM's; the engine keeps it to itself. */
  private static TornadoExecutionPlan plan(Object session) {
    try {
      Field store = session.getClass().getDeclaredField("store");
      store.setAccessible(true);
      Field plan = Engine.class.getDeclaredField("plan");
      plan.setAccessible(true);
      return (TornadoExecutionPlan) plan.get(((SlotStore) store.get(session)).engine);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
