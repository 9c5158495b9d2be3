package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.GroupRmsNormGradientKernel;
import org.trm4j.backend.tornado.kernel.GroupRmsNormKernel;
import org.trm4j.backend.tornado.kernel.RmsNormGradientKernel;
import org.trm4j.backend.tornado.kernel.RmsNormKernel;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Tasks;

/** The post-norm of a sublayer and its gradient. */
public final class NormTasks {
  private NormTasks() {}

  /**
   * The vectors that are normalised.
   *
   * @param count the number of vectors
   * @param n values of each vector
   * @param vector floats from one to the next
   * @param step floats from a value to the next
   */
  public record Vectors(int count, int n, int vector, int step) {
    public static Vectors rows(int rows, int columns) {
      return new Vectors(rows, columns, columns, 1);
    }

    public static Vectors columns(int rows, int columns) {
      return new Vectors(columns, rows, 1, columns);
    }
  }

  /** Adds the norm, in place. */
  public static void forward(
      Tasks t,
      KernelChoice kernels,
      OperandLocation values,
      @Nullable OperandLocation factors,
      Vectors vectors,
      float epsilon) {
    int at = t.operands(values, factors == null ? values : factors);
    t.numbers(vectors.count(), vectors.n(), vectors.vector(), vectors.step());
    t.numbers(factors == null ? 0 : 1);
    boolean group = isGroup(kernels, vectors);
    t.add(
        group ? "groupRmsNorm" : "rmsNorm",
        range(t, group, vectors),
        (graph, name, operands) ->
            graph.task(
                name,
                group ? GroupRmsNormKernel::run : RmsNormKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                epsilon),
        at,
        epsilon);
  }

  /** For columns, neighbouring items already read neighbouring floats. */
  private static boolean isGroup(KernelChoice kernels, Vectors vectors) {
    return kernels.shape() == KernelChoice.Shape.GPU && vectors.step() == 1;
  }

  private static Tasks.Range range(Tasks t, boolean group, Vectors vectors) {
    return group ? t.range(GroupRmsNormKernel.GROUP, vectors.count()) : t.range(vectors.count());
  }

  /** Adds its gradient. */
  public static void backward(
      Tasks t,
      KernelChoice kernels,
      OperandLocation output,
      OperandLocation factors,
      OperandLocation outputGradient,
      OperandLocation gradient,
      Vectors vectors) {
    int at = t.operands(output, factors, outputGradient, gradient);
    t.numbers(vectors.count(), vectors.n(), vectors.vector(), vectors.step());
    boolean group = isGroup(kernels, vectors);
    t.add(
        group ? "groupRmsNormGradient" : "rmsNormGradient",
        range(t, group, vectors),
        (graph, name, operands) ->
            graph.task(
                name,
                group ? GroupRmsNormGradientKernel::run : RmsNormGradientKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at),
        at);
  }
}
