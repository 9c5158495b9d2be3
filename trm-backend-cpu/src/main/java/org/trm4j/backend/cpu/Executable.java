package org.trm4j.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.BufferAllocation;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.Embed;
import org.trm4j.plan.EmbedBackward;
import org.trm4j.plan.Loss;
import org.trm4j.plan.Operation;
import org.trm4j.plan.OutputHeads;
import org.trm4j.plan.OutputHeadsBackward;
import org.trm4j.plan.PlanNode;
import org.trm4j.plan.SelfAttention;
import org.trm4j.plan.SelfAttentionBackward;
import org.trm4j.plan.Sum;
import org.trm4j.plan.SwiGlu;
import org.trm4j.plan.SwiGluBackward;
import org.trm4j.plan.TokenSwiGlu;
import org.trm4j.plan.TokenSwiGluBackward;

/**
 * A node list made ready to run: loops unrolled into references to the same steps, buffers placed.
 */
final class Executable {
  /** Floats of a cache line. */
  private static final int ALIGNMENT = 16;

  final List<Step> steps = new ArrayList<>();
  final Slice.Locator locator;
  private final int work;
  private int shared;
  private int tile;

  Executable(
      List<PlanNode> nodes,
      Map<Buffer, Integer> states,
      ModelConfig config,
      Weights weights,
      Kernels kernels) {
    BufferAllocation allocation = BufferPlanner.allocate(nodes, ALIGNMENT);
    this.locator = new Slice.Locator(states, allocation.offsets());
    this.work = allocation.size();
    append(nodes, config, weights, kernels);
  }

  Frame newFrame() {
    return new Frame(work, shared, tile);
  }

  float[] newTile() {
    return new float[tile];
  }

  /** Returns the bytes of a frame. */
  long frameBytes() {
    return 4L * (work + shared + tile);
  }

  private void append(List<PlanNode> nodes, ModelConfig config, Weights weights, Kernels kernels) {
    for (PlanNode node : nodes) {
      switch (node) {
        case PlanNode.Repeat repeat -> {
          int from = steps.size();
          append(repeat.body(), config, weights, kernels);
          List<Step> body = List.copyOf(steps.subList(from, steps.size()));
          for (int i = 1; i < repeat.times(); i++) {
            steps.addAll(body);
          }
        }
        case Operation operation -> {
          Step step = step(operation, config, weights, kernels);
          steps.add(step);
          shared = Math.max(shared, step.sharedSize());
          tile = Math.max(tile, step.tileSize());
        }
      }
    }
  }

  private Step step(Operation operation, ModelConfig config, Weights weights, Kernels kernels) {
    return switch (operation) {
      case Embed o -> new EmbedStep(o, config, locator, weights);
      case Sum o -> new SumStep(o, locator, kernels);
      case SelfAttention o -> new SelfAttentionStep(o, locator, weights, kernels);
      case TokenSwiGlu o -> new TokenSwiGluStep(o, locator, weights, kernels);
      case SwiGlu o -> new SwiGluStep(o, locator, weights, kernels);
      case OutputHeads o -> new OutputHeadsStep(o, locator, weights, kernels);
      case Loss o -> new LossStep(o, locator);
      case OutputHeadsBackward o -> new OutputHeadsBackwardStep(o, locator, weights, kernels);
      case SwiGluBackward o -> new SwiGluBackwardStep(o, locator, weights, kernels);
      case TokenSwiGluBackward o -> new TokenSwiGluBackwardStep(o, locator, weights, kernels);
      case SelfAttentionBackward o -> new SelfAttentionBackwardStep(o, locator, weights, kernels);
      case EmbedBackward o -> new EmbedBackwardStep(o, config, locator, weights);
    };
  }
}
