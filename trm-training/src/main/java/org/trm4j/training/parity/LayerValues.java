package org.trm4j.training.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;

/** What a layer computed, sequence by sequence. */
final class LayerValues {
  private final List<float[]> outputs = new ArrayList<>();
  private final List<ParameterSet> gradients = new ArrayList<>();
  private final List<float[]> inputGradients = new ArrayList<>();

  /** Returns part {@code index} along the first axis. */
  float[] slice(Tensor tensor, int index) {
    float[] part = new float[(int) (tensor.shape().size() / tensor.shape().dim(0))];
    tensor.copyTo((long) index * part.length, part, 0, part.length);
    return part;
  }

  void add(float[] output, ParameterSet gradient) {
    outputs.add(output);
    gradients.add(gradient);
    inputGradients.add(gradient.get(LayerPlan.INPUT).toArray());
  }

  void replaceLastOutput(UnaryOperator<float[]> change) {
    outputs.add(change.apply(outputs.removeLast()));
  }

  void replaceLastInputGradient(UnaryOperator<float[]> change) {
    inputGradients.add(change.apply(inputGradients.removeLast()));
  }

  List<float[]> outputs() {
    return outputs;
  }

  List<float[]> inputGradients() {
    return inputGradients;
  }

  /** Returns a parameter's gradient summed over the sequences. */
  List<float[]> sum(String parameter) {
    float[] sum = gradients.getFirst().get(parameter).toArray();
    for (ParameterSet other : gradients.subList(1, gradients.size())) {
      float[] part = other.get(parameter).toArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    return List.of(sum);
  }
}
