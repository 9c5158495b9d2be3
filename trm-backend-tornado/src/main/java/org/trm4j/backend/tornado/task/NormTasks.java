package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.RmsNormGradientKernel;
import org.trm4j.backend.tornado.kernel.RmsNormKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Tasks;

/** The post-norm of a sublayer and its gradient. */
public final class NormTasks {
  private NormTasks() {}

  /**
   * The vectors that are normalised.
   *
   * @param count how many
   * @param n values of each
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
      OperandLocation values,
      @Nullable OperandLocation factors,
      Vectors vectors,
      float epsilon) {
    int at = t.operands(values, factors == null ? values : factors);
    t.numbers(vectors.count(), vectors.n(), vectors.vector(), vectors.step());
    t.numbers(factors == null ? 0 : 1);
    t.add(
        "rmsNorm",
        t.range(vectors.count()),
        (graph, name, operands) ->
            graph.task(
                name,
                RmsNormKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                epsilon),
        at,
        epsilon);
  }

  /** Adds its gradient. */
  public static void backward(
      Tasks t,
      OperandLocation output,
      OperandLocation factors,
      OperandLocation outputGradient,
      OperandLocation gradient,
      Vectors vectors) {
    int at = t.operands(output, factors, outputGradient, gradient);
    t.numbers(vectors.count(), vectors.n(), vectors.vector(), vectors.step());
    t.add(
        "rmsNormGradient",
        t.range(vectors.count()),
        (graph, name, operands) ->
            graph.task(
                name,
                RmsNormGradientKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at),
        at);
  }
}
