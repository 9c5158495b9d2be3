package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.convolution.ConvolutionKernel;
import org.trm4j.backend.tornado.kernel.convolution.ConvolutionWeightKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.task.NormTasks.Vectors;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.GridConvolution;

/**
 * {@link GridConvolution} and its gradient.
 *
 * @param weight where the kernel lies among the weights, and its gradient among the gradients
 * @param length cells of the grid
 * @param width D
 * @param columns of the grid
 * @param size K
 */
record ConvolutionTasks(OperandLocation weight, int length, int width, int columns, int size) {
  private static ConvolutionTasks of(TaskContext l, ParameterSpec kernel, Buffer x, int columns) {
    return new ConvolutionTasks(
        l.shared(kernel),
        x.shape().dim(0),
        x.shape().dim(1),
        columns,
        GridConvolution.kernelSize(kernel));
  }

  static void forward(GridConvolution op, TaskContext l, Tasks t) {
    ConvolutionTasks all = of(l, op.kernel(), op.input(), op.columns());
    OperandLocation output = l.locate(op.output());
    all.convolve(t, l.locate(op.input()), output, 1);
    OperandLocation factors = op.inverseRms() == null ? null : l.locate(op.inverseRms());
    NormTasks.forward(t, l.kernels(), output, factors, all.rows(), op.epsilon());
  }

  static void backward(GridConvolution.Backward op, TaskContext l, Tasks t) {
    ConvolutionTasks all = of(l, op.kernel(), op.input(), op.columns());
    OperandLocation du = t.scratch(Math.multiplyExact(all.length, all.width));
    NormTasks.backward(
        t,
        l.kernels(),
        l.locate(op.output()),
        l.locate(op.inverseRms()),
        l.locate(op.outputGradient()),
        du,
        all.rows());
    all.convolve(t, du, l.locate(op.inputGradient()), -1);
    all.gradient(t, l.locate(op.input()), du);
  }

  private Vectors rows() {
    return Vectors.rows(length, width);
  }

  /** Adds the convolution, or with direction -1 its transpose. */
  private void convolve(Tasks t, OperandLocation from, OperandLocation to, int direction) {
    int at = t.operands(from, to, weight);
    t.numbers(width, length / columns, columns, size, direction);
    t.add(
        "convolution",
        t.range(width, length),
        (graph, name, operands) ->
            graph.task(
                name,
                ConvolutionKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.weights,
                t.arena(),
                at),
        at);
  }

  private void gradient(Tasks t, OperandLocation input, OperandLocation du) {
    int at = t.operands(input, du, weight);
    t.numbers(width, length / columns, columns, size);
    t.add(
        "convolutionWeight",
        new Tasks.Range(width, size * size, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                ConvolutionWeightKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.gradients,
                at),
        at);
  }
}
