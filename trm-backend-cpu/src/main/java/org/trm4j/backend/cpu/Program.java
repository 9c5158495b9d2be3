package org.trm4j.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.plan.BufferAllocation;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.Embed;
import org.trm4j.plan.EmbedBackward;
import org.trm4j.plan.Loss;
import org.trm4j.plan.MixState;
import org.trm4j.plan.Operation;
import org.trm4j.plan.OutputHeads;
import org.trm4j.plan.OutputHeadsBackward;
import org.trm4j.plan.Plan;
import org.trm4j.plan.PlanNode;
import org.trm4j.plan.Scale;
import org.trm4j.plan.SelfAttention;
import org.trm4j.plan.SelfAttentionBackward;
import org.trm4j.plan.Sum;
import org.trm4j.plan.SwiGlu;
import org.trm4j.plan.SwiGluBackward;
import org.trm4j.plan.TokenSwiGlu;
import org.trm4j.plan.TokenSwiGluBackward;

/** A plan's nodes as steps, cut after each step that gives weights a gradient. */
final class Program {
  private static final int ALIGNMENT = 16;
  private static final long WAVE_FLOATS = 1L << 27;
  private static final int MAX_WAVE = 64;

  final List<Segment> segments = new ArrayList<>();
  final Lowered lowered;

  /** Floats of a workspace. */
  final int floats;

  /** What the weight gradients of a wave need. */
  final Wave.Need need;

  private final PuzzleTable puzzles;

  /**
   * Steps that every sequence runs by itself.
   *
   * @param steps in order
   * @param last the last of them where it gives weights a gradient
   */
  record Segment(List<Step> steps, Step.@Nullable WithWeights last) {}

  /**
   * Lowers a plan.
   *
   * @param batch sequences that are trained together; 0 for inference
   */
  Program(Plan plan, Kernels kernels, Weights weights, PuzzleTable puzzles, int batch) {
    List<PlanNode> nodes = batch > 0 ? plan.training() : plan.inference();
    BufferAllocation allocation = BufferPlanner.allocate(nodes, ALIGNMENT);
    this.puzzles = puzzles;
    Kept kept = new Kept(nodes, kernels.panel());
    int wave = batch == 0 ? 0 : wave(batch, Math.addExact(allocation.size(), kept.size()));
    this.lowered =
        new Lowered(kernels, weights, plan.config(), plan.stateBuffers(), allocation, kept, wave);
    cut(steps(nodes));
    int shared = 0;
    Wave.Need most = Wave.NOTHING;
    for (Segment segment : segments) {
      for (Step step : segment.steps()) {
        shared = Math.max(shared, step.shared());
      }
      most = segment.last() == null ? most : most.max(segment.last().need());
    }
    this.floats = Math.addExact(allocation.size(), shared);
    this.need = most;
  }

  /** Waves of equal size that fit into memory; the same for any number of threads. */
  private static int wave(int batch, int floats) {
    int most = (int) Math.clamp(WAVE_FLOATS / Math.max(floats, 1), 1, MAX_WAVE);
    return Math.ceilDiv(batch, Math.ceilDiv(batch, most));
  }

  private List<Step> steps(List<PlanNode> nodes) {
    List<Step> steps = new ArrayList<>();
    for (PlanNode node : nodes) {
      steps.add(
          switch (node) {
            case PlanNode.Repeat repeat -> new Loop(repeat.times(), steps(repeat.body()));
            case Operation operation -> step(operation);
          });
    }
    return steps;
  }

  private Step step(Operation operation) {
    return switch (operation) {
      case Embed op -> new EmbedStep(op, lowered, puzzles);
      case Sum op -> new SumStep(op, lowered);
      case MixState op -> new MixStep(op, lowered);
      case Scale op -> new ScaleStep(op, lowered);
      case SelfAttention op -> new SelfAttentionStep(op, lowered);
      case TokenSwiGlu op -> new TokenSwiGluStep(op, lowered);
      case SwiGlu op -> new SwiGluStep(op, lowered);
      case OutputHeads op -> new HeadsStep(op, lowered);
      case Loss op -> new LossStep(op, lowered);
      case OutputHeadsBackward op -> new HeadsBackwardStep(op, lowered);
      case SwiGluBackward op -> new SwiGluBackwardStep(op, lowered);
      case TokenSwiGluBackward op -> new TokenSwiGluBackwardStep(op, lowered);
      case SelfAttentionBackward op -> new SelfAttentionBackwardStep(op, lowered);
      case EmbedBackward op -> new EmbedBackwardStep(op, lowered);
    };
  }

  private void cut(List<Step> steps) {
    List<Step> current = new ArrayList<>();
    for (Step step : steps) {
      current.add(step);
      if (step instanceof Step.WithWeights last) {
        segments.add(new Segment(List.copyOf(current), last));
        current.clear();
      }
    }
    if (!current.isEmpty()) {
      segments.add(new Segment(List.copyOf(current), null));
    }
  }
}
