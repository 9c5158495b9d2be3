package org.trm4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.Sum;

/** Buffers that share memory never disturb each other: programs compute the same with sharing. */
class BufferPlannerTest {

  private static final int TRIES = Integer.getInteger("trm.fuzz.tries", 1000);

  /** The same seeds in each build, others in each nightly run. */
  static LongStream seeds() {
    return new SplittableRandom(Long.getLong("trm.fuzz.seed", 1)).longs(10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sharingMemoryChangesNoValue(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TRIES / 10; i++) {
      long nodes = random.nextLong();
      assertThatCode(() -> check(new RandomNodes(nodes).nodes(), 1 << random.nextInt(5)))
          .as("nodes of seed %s", nodes)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noPlanIsDisturbed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5; i++) {
      checkAPlan(random);
    }
  }

  private static void checkAPlan(SplittableRandom random) {
    List<String> policies =
        List.copyOf(Trm.standard().plugins().recursionPolicies().usable().keySet());
    String policy = policies.get(random.nextInt(policies.size()));
    boolean attention = random.nextBoolean();
    // Sets have learned rows before the cells, and no puzzle embedding.
    boolean sets = policy.endsWith("deduction");
    int embedding = sets ? 0 : random.nextInt(2);
    ModelConfig config =
        ModelConfig.builder()
            .hidden(2 * random.nextInt(1, 5), 1)
            .tokens(random.nextInt(1, 8), random.nextInt(2, 6))
            .puzzleEmbedding(embedding, embedding + random.nextInt(2), 2)
            .mixer(
                attention ? ModelConfig.Mixer.ATTENTION : ModelConfig.Mixer.TOKEN_MLP,
                attention ? ModelConfig.Positions.ROTARY : ModelConfig.Positions.NONE)
            .build();
    Plan plan = Plan.lower(config, Trm.standard().task(policy, Map.of(), config));
    check(plan.inference(), 1 << random.nextInt(5));
    check(plan.training(), 1 << random.nextInt(5));
  }

  private static void check(List<PlanNode> nodes, int alignment) {
    BufferPlanner.Allocation allocation = BufferPlanner.allocate(nodes, alignment);
    allocation
        .offsets()
        .forEach((buffer, offset) -> {
          assertThat(offset % alignment).as("alignment of %s", buffer).isZero();
          assertThat(offset).isBetween(0, allocation.size() - buffer.shape().intSize());
        });
    List<Long> shared = new ArrayList<>();
    run(nodes, allocation.offsets(), new long[allocation.size()], new HashMap<>(), shared);
    List<Long> apart = new ArrayList<>();
    run(nodes, Map.of(), new long[0], new HashMap<>(), apart);
    assertThat(shared).isEqualTo(apart);
  }

  /** Every read must find what the last write of that buffer left, in all of its cells. */
  private static void run(
      List<PlanNode> nodes,
      Map<Buffer, Integer> offsets,
      long[] block,
      Map<Buffer, long[]> own,
      List<Long> seen) {
    for (PlanNode node : nodes) {
      if (node instanceof PlanNode.Repeat repeat) {
        for (int i = 0; i < repeat.times(); i++) {
          run(repeat.body(), offsets, block, own, seen);
        }
      } else if (node instanceof Operation operation) {
        long value = seen.size();
        for (Buffer read : operation.reads()) {
          long hash = Arrays.hashCode(cells(read, offsets, block, own));
          seen.add(hash);
          value = value * 31 + hash;
        }
        for (Buffer write : operation.writes()) {
          Integer offset = offsets.get(write);
          if (offset == null) {
            long[] cells = new long[write.shape().intSize()];
            Arrays.fill(cells, value);
            own.put(write, cells);
          } else {
            Arrays.fill(block, offset, offset + write.shape().intSize(), value);
          }
        }
      }
    }
  }

  private static long[] cells(
      Buffer buffer, Map<Buffer, Integer> offsets, long[] block, Map<Buffer, long[]> own) {
    Integer offset = offsets.get(buffer);
    return offset == null
        ? own.getOrDefault(buffer, new long[buffer.shape().intSize()])
        : Arrays.copyOfRange(block, offset, offset + buffer.shape().intSize());
  }

  @Test
  void refusesAReadBeforeAWrite() {
    Buffer never = RandomNodes.buffer("never", 3, Buffer.Role.TEMPORARY);
    Buffer out = RandomNodes.buffer("out", 3, Buffer.Role.OUTPUT);
    assertThatThrownBy(() -> BufferPlanner.allocate(List.of(new Sum(List.of(never), out)), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("buffer planner: never[1, 3] is read before it is written");
  }

  @Test
  void reusesMemory() {
    List<PlanNode> chain = new ArrayList<>();
    Buffer before = RandomNodes.buffer("state", 100, Buffer.Role.STATE);
    for (int i = 0; i < 20; i++) {
      Buffer next = new Buffer("t" + i, Shape.of(1, 100), Buffer.Role.TEMPORARY);
      chain.add(new Sum(List.of(before), next));
      before = next;
    }
    assertThat(BufferPlanner.allocate(chain, 1).size()).isEqualTo(200);
  }
}
