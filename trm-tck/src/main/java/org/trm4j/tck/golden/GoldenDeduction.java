package org.trm4j.tck.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionRule;
import org.trm4j.task.deduction.DeductionTask;

/**
 * Deduction's losses and their gradients on a backend, and the rule between steps, against values
 * that the published code of lattice deduction (arXiv 2605.08605) computed in double precision. The
 * losses run as a plan whose logits are inputs.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class GoldenDeduction {
  private static final int BATCH = 8;
  private static final int CELLS = 16;
  private static final int VALUES = 4;
  private static final int LOOPS = 3;

  private final ParameterSet golden;

  /** Reads the case. */
  public GoldenDeduction(Path safetensors) {
    golden = SafetensorsReader.read(safetensors).tensors();
  }

  private float[] row(String name, int sequence) {
    float[] all = golden.get(name).toArray();
    int size = all.length / BATCH;
    return Arrays.copyOfRange(all, sequence * size, (sequence + 1) * size);
  }

  private boolean[] given(int sequence) {
    float[] given = row("given", sequence);
    boolean[] truth = new boolean[given.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = given[i] > 0;
    }
    return truth;
  }

  private int[] answer(int sequence) {
    float[] answer = row("answer", sequence);
    return IntStream.range(0, CELLS).map(i -> (int) answer[i]).toArray();
  }

  private static final ModelConfig CONFIG =
      ModelConfig.builder().hidden(8, 2).tokens(CELLS, VALUES).puzzleEmbedding(0, 1, 0).build();

  private static int width(Objective.Term term) {
    return term.head().equals(DeductionTask.CONFLICT) ? 1 : VALUES;
  }

  private static int rows(Objective.Term term) {
    return term.head().equals(DeductionTask.CONFLICT) ? 1 : CELLS;
  }

  private static Buffer buffer(String name, Buffer.Role role, long... shape) {
    return new Buffer(name, Shape.of(shape), role);
  }

  /** A plan of losses only; the host supplies the logits. */
  private static Plan losses() {
    List<Buffer> inputs = new ArrayList<>();
    List<Buffer> outputs = new ArrayList<>();
    List<PlanNode> nodes = new ArrayList<>();
    for (Objective.Term term : DeductionTask.terms()) {
      boolean binary = term.kind() == Objective.Term.LossKind.BINARY;
      Buffer target =
          binary
              ? buffer(term.targetInput(), Buffer.Role.INPUT, rows(term), width(term))
              : buffer(term.targetInput(), Buffer.Role.INPUT, rows(term));
      Buffer weight = buffer(term.weightInput(), Buffer.Role.INPUT, rows(term));
      inputs.add(target);
      inputs.add(weight);
      for (int loop = 0; loop < LOOPS; loop++) {
        String name = "%s.%s".formatted(loop, term.name());
        Buffer logits = buffer("logits." + name, Buffer.Role.INPUT, rows(term), width(term));
        Buffer gradient = buffer("gradient." + name, Buffer.Role.OUTPUT, rows(term), width(term));
        Buffer loss = buffer("loss." + name, Buffer.Role.OUTPUT, 1);
        inputs.add(logits);
        outputs.add(gradient);
        outputs.add(loss);
        nodes.add(
            new TermLoss(
                term.kind(),
                logits,
                target,
                weight,
                gradient,
                loss,
                (float) term.positive(),
                (float) term.negative(),
                1f / LOOPS));
      }
    }
    return new Plan(
        CONFIG,
        "losses",
        List.of(),
        List.of(),
        nodes,
        List.of(),
        buffer("logits", Buffer.Role.OUTPUT, 0, VALUES),
        buffer("q", Buffer.Role.OUTPUT, 0),
        inputs,
        List.of(),
        outputs);
  }

  /** Checks losses and gradients of a backend. */
  public void check(Backend backend) {
    TaskProgram task =
        DeductionTask.of(Trm.standard().program("deduction", Map.of("loops", LOOPS)), CONFIG);
    TaskRules rules = Objects.requireNonNull(TaskRules.of(task, CONFIG, new Cells()));
    List<TaskSlot> slots = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      int[] answer = answer(i);
      boolean[] given = given(i);
      int[] question = new int[CELLS];
      for (int cell = 0; cell < CELLS; cell++) {
        question[cell] = given[cell] ? answer[cell] : Cells.OPEN;
      }
      slots.add(rules.resume(i, question, answer, 0, row("state", i)));
    }
    double total = 0;
    try (TrainingSession session = backend.train(losses(), new ParameterSet(Map.of()), BATCH)) {
      for (int i = 0; i < BATCH; i++) {
        session.start(i, new int[CELLS], new int[CELLS], 0, i);
        for (int loop = 0; loop < LOOPS; loop++) {
          for (Objective.Term term : DeductionTask.terms()) {
            String name = "logits.%s.%s".formatted(loop, term.name());
            session.feed(i, name, row(name, i));
          }
        }
      }
      rules.feedTargets(session, slots, rules.counts(slots), BATCH);
      session.step(new boolean[BATCH], 1f / BATCH);
      for (int i = 0; i < BATCH; i++) {
        for (int loop = 0; loop < LOOPS; loop++) {
          for (Objective.Term term : DeductionTask.terms()) {
            String name = "%s.%s".formatted(loop, term.name());
            float[] expected = row("gradient." + name, i);
            float[] found = new float[expected.length];
            session.read("gradient." + name, i, found);
            for (int at = 0; at < found.length; at++) {
              assertThat((double) found[at])
                  .as("gradient.%s[%s][%s]", name, i, at)
                  .isCloseTo(expected[at], within(1e-6 * Math.abs(expected[at]) + 1e-9));
            }
            float[] loss = new float[1];
            session.read("loss." + name, i, loss);
            total += (double) loss[0] / BATCH / LOOPS;
          }
        }
      }
    }
    assertThat(total).isCloseTo(golden.get("loss").get(0), within(2e-6));
  }

  /** Checks the rule between steps. */
  public void checkRule() {
    int decided = 0;
    for (int i = 0; i < BATCH; i++) {
      String last = "logits.%s.".formatted(LOOPS - 1);
      float[] state = row("state", i);
      DeductionRule.Result result =
          DeductionRule.PUBLISHED.apply(
              state,
              given(i),
              row(last + DeductionTask.KEEP, i),
              row(last + DeductionTask.VALUE, i),
              row(last + DeductionTask.CONFLICT, i)[0],
              new SplittableRandom(i));
      float[] after = row("rule.after_elimination", i);
      float[] eliminated = row("rule.eliminated", i);
      assertThat(result.eliminated()).as("state of %s", i).isEqualTo(after);
      for (int at = 0; at < state.length; at++) {
        assertThat(state[at] - result.eliminated()[at]).isEqualTo(eliminated[at]);
      }
      assertThat(result.conflict()).isEqualTo(row("rule.conflict", i)[0] > 0);
      assertThat(result.solved()).isEqualTo(row("rule.solved", i)[0] > 0);
      assertThat(result.cell() < 0).isEqualTo(result.conflict() || result.solved());
      if (result.cell() >= 0) {
        decided++;
        assertThat(possible(after, result.cell())).isGreaterThan(1);
        assertThat(possible(result.decided(), result.cell())).isEqualTo(1);
        for (int at = 0; at < after.length; at++) {
          boolean elsewhere = at / VALUES != result.cell();
          assertThat(result.decided()[at]).isLessThanOrEqualTo(after[at]);
          assertThat(elsewhere && result.decided()[at] != after[at]).isFalse();
        }
      }
    }
    assertThat(decided).isPositive();
  }

  private static int possible(float[] state, int cell) {
    int count = 0;
    for (int i = 0; i < VALUES; i++) {
      count += state[cell * VALUES + i] > 0 ? 1 : 0;
    }
    return count;
  }

  /** Cells with four values, and a token outside them for an open cell. */
  private static final class Cells implements PuzzleDomain, PuzzleCodec {
    static final int OPEN = -1;

    @Override
    public int[] candidates(int token, int vocabulary) {
      return token == OPEN ? IntStream.range(0, vocabulary).toArray() : new int[] {token};
    }

    @Override
    public PuzzleCodec codec() {
      return this;
    }

    @Override
    public int[] encode(String question) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String decode(int[] tokens) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String symbol(int token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean blank(int token) {
      return token == OPEN;
    }

    @Override
    public PuzzleDomain.GridShape grid() {
      return new PuzzleDomain.GridShape(4, 4, 2, 2);
    }

    @Override
    public String id() {
      return "cells";
    }

    @Override
    public Map<String, String> options() {
      return Map.of();
    }

    @Override
    public int seqLen() {
      return CELLS;
    }

    @Override
    public int vocabSize() {
      return VALUES;
    }

    @Override
    public Optional<Verifier> verifier() {
      return Optional.empty();
    }

    @Override
    public Optional<Augmentation> augmentation() {
      return Optional.empty();
    }
  }
}
