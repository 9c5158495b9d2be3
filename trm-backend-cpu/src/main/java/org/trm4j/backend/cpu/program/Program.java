package org.trm4j.backend.cpu.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.plan.BufferPlanner;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;

/** A plan's nodes as steps, cut after each step that adds to a weight gradient. */
public final class Program {
  private static final int ALIGNMENT = 16;
  private static final long WAVE_FLOATS = 1L << 27;
  private static final int MAX_WAVE = 64;

  final List<Segment> segments = new ArrayList<>();
  public final StepContext context;

  /** The number of floats of a workspace. */
  final int floats;

  /** The number of floats of memory for workers that share a sequence. */
  final int together;

  /** The number of terms of the longest sum that workers share. */
  final int terms;

  /** The memory that the weight gradients of a wave need. */
  public final Wave.Need need;

  /** How many workers one sequence is worth. */
  final int workers;

  private final StepFactory factory;

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
   * @param factory makes the steps of operations
   */
  public Program(
      Plan plan,
      Kernels kernels,
      Weights weights,
      PuzzleTable puzzles,
      int batch,
      StepFactory factory) {
    List<PlanNode> nodes = batch > 0 ? plan.training() : plan.inference();
    BufferPlanner.Allocation allocation = BufferPlanner.allocate(nodes, ALIGNMENT);
    this.factory = factory;
    KeptActivations kept = new KeptActivations(nodes, kernels.panel());
    int wave = batch == 0 ? 0 : wave(batch, Math.addExact(allocation.size(), kept.size()));
    this.context =
        new StepContext(
            kernels,
            weights,
            puzzles,
            plan.config(),
            plan.stateBuffers(),
            plan.inputs(),
            allocation,
            kept,
            wave);
    cut(steps(nodes, true));
    int shared = 0;
    int joint = 0;
    int sum = 0;
    Wave.Need most = Wave.NOTHING;
    for (Segment segment : segments) {
      for (Step step : segment.steps()) {
        shared = Math.max(shared, step.shared());
        joint = Math.max(joint, step.together());
        sum = Math.max(sum, step.terms());
      }
      most = segment.last() == null ? most : most.max(segment.last().need());
    }
    this.floats = Math.addExact(allocation.size(), shared);
    this.together = joint;
    this.need = most;
    this.terms = sum;
    this.workers = SizeOfWork.workers(plan.config());
  }

  /**
   * Returns the size of equal waves that fit into memory; it does not depend on the number of
   * threads.
   */
  private static int wave(int batch, int floats) {
    int most = (int) Math.clamp(WAVE_FLOATS / Math.max(floats, 1), 1, MAX_WAVE);
    return Math.ceilDiv(batch, Math.ceilDiv(batch, most));
  }

  private List<Step> steps(List<PlanNode> nodes, boolean outer) {
    List<Step> steps = new ArrayList<>();
    for (PlanNode node : nodes) {
      steps.add(
          switch (node) {
            case PlanNode.Repeat repeat ->
                new Loop(repeat.times(), steps(repeat.body(), false), outer);
            case Operation operation -> factory.step(operation, context);
          });
    }
    return steps;
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
