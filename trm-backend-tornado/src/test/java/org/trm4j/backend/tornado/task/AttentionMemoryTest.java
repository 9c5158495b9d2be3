package org.trm4j.backend.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.KernelChoice.Attention;
import org.trm4j.backend.tornado.memory.KernelChoice.Shape;
import org.trm4j.backend.tornado.memory.RotaryTables;
import org.trm4j.backend.tornado.memory.SlotLayout;
import org.trm4j.backend.tornado.memory.WeightLayout;
import org.trm4j.backend.tornado.product.JavaProducts;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Workspace;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.PlanNode;

/** The memory that the attention of the published maze model takes on a device. */
class AttentionMemoryTest {
  private static final int HEADS = 8;
  private static final int LENGTH = 916;
  private static final Plan PLAN =
      Plan.lower(
          ModelConfig.builder()
              .hidden(512, HEADS)
              .tokens(900, 6)
              .puzzleEmbedding(512, 16, 1)
              .mixer(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)
              .build(),
          Trm.standard().program("trm", Map.of("T", 3, "n", 4, "layers", 2)));

  /** Returns the number of floats of a sequence. */
  private static long need(List<PlanNode> nodes, Attention attention) {
    TaskContext context =
        new TaskContext(
            PLAN.config(),
            new WeightLayout(PLAN),
            new RotaryTables(PLAN.config().length(), nodes),
            SlotLayout.of(PLAN),
            BufferPlanner.allocate(nodes, 16),
            new JavaProducts(Shape.CPU),
            new KernelChoice(Shape.CPU, attention));
    long kept = SlotLayout.of(PLAN).size();
    return kept + Workspace.Need.of(nodes, context, OperationTasks::add).size();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void doesNotGrowWithTheSquareOfTheLength(boolean training) {
    List<PlanNode> nodes = training ? PLAN.training() : PLAN.inference();
    long plain = need(nodes, Attention.PLAIN);
    long tiled = need(nodes, Attention.TILED);
    long scores = (long) HEADS * LENGTH * LENGTH;
    assertThat(plain).as("floats with scores").isGreaterThan(scores);
    assertThat(tiled).as("floats in tiles").isLessThan((plain - scores) * 13 / 10);
  }
}
