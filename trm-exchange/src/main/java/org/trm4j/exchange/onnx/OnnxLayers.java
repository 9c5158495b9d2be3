package org.trm4j.exchange.onnx;

import java.util.List;
import org.trm4j.exchange.onnx.OnnxGraph.Attribute;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.SelfAttention;

/** The sublayers as nodes; values are [batch, positions, channels] unless said otherwise. */
final class OnnxLayers {
  private static final Attribute LAST = new Attribute("axis", -1);

  private final OnnxGraph graph;
  private final ModelConfig config;

  OnnxLayers(OnnxGraph graph, ModelConfig config) {
    this.graph = graph;
    this.config = config;
  }

  /** Returns x W^T; runtimes fold the transposition of a constant. */
  String linear(String x, String weight) {
    String columns = graph.node("Transpose", List.of(weight), new Attribute("perm", 1, 0));
    return graph.node("MatMul", List.of(x, columns));
  }

  String transposed(String x) {
    return graph.node("Transpose", List.of(x), new Attribute("perm", 0, 2, 1));
  }

  String swiGlu(String x, String gateUp, String down, float epsilon) {
    List<String> parts = graph.nodes("Split", 2, List.of(linear(x, gateUp)), LAST);
    String gate = parts.getFirst();
    String silu = graph.node("Mul", List.of(gate, graph.node("Sigmoid", List.of(gate))));
    String product = graph.node("Mul", List.of(silu, parts.getLast()));
    return normalised(graph.node("Add", List.of(x, linear(product, down))), epsilon);
  }

  private String normalised(String u, float epsilon) {
    String mean =
        graph.node(
            "ReduceMean",
            List.of(graph.node("Mul", List.of(u, u))),
            new Attribute("axes", -1),
            new Attribute("keepdims", 1));
    String rms = graph.node("Sqrt", List.of(graph.node("Add", List.of(mean, graph.real(epsilon)))));
    return graph.node("Div", List.of(u, rms));
  }

  /** The kernel is [channels, 1, K, K] there, and a grid [batch, channels, rows, columns]. */
  String convolution(String x, GridConvolution layer, String kernel) {
    int size = GridConvolution.kernelSize(layer.kernel());
    int channels = config.hiddenSize();
    int rows = config.length() / layer.columns();
    String grid =
        graph.node(
            "Reshape", List.of(transposed(x), graph.whole(0, channels, rows, layer.columns())));
    String weight = graph.node("Reshape", List.of(kernel, graph.whole(channels, 1, size, size)));
    int pad = size / 2;
    String mixed =
        graph.node(
            "Conv",
            List.of(grid, weight),
            new Attribute("group", channels),
            new Attribute("pads", pad, pad, pad, pad));
    String cells = graph.node("Reshape", List.of(mixed, graph.whole(0, channels, config.length())));
    return normalised(graph.node("Add", List.of(x, transposed(cells))), layer.epsilon());
  }

  String attention(String x, SelfAttention layer, String qkv, String out) {
    List<String> parts = graph.nodes("Split", 3, List.of(linear(x, qkv)), LAST);
    String q = rotated(heads(parts.get(0)), layer.rotaryBase());
    String k = rotated(heads(parts.get(1)), layer.rotaryBase());
    String v = heads(parts.get(2));
    String columns = graph.node("Transpose", List.of(k), new Attribute("perm", 0, 1, 3, 2));
    String scores =
        graph.node(
            "Mul",
            List.of(
                graph.node("MatMul", List.of(q, columns)),
                graph.real((float) (1 / Math.sqrt(config.headSize())))));
    String weights = graph.node("Softmax", List.of(scores), LAST);
    String mixed = graph.node("MatMul", List.of(weights, v));
    String attended =
        graph.node(
            "Reshape",
            List.of(
                graph.node("Transpose", List.of(mixed), new Attribute("perm", 0, 2, 1, 3)),
                graph.whole(0, config.length(), config.hiddenSize())));
    return normalised(graph.node("Add", List.of(x, linear(attended, out))), layer.epsilon());
  }

  /** Returns [batch, heads, positions, head size]. */
  private String heads(String x) {
    String split =
        graph.node(
            "Reshape",
            List.of(x, graph.whole(0, config.length(), config.numHeads(), config.headSize())));
    return graph.node("Transpose", List.of(split), new Attribute("perm", 0, 2, 1, 3));
  }

  private String rotated(String x, double base) {
    if (base == 0) {
      return x;
    }
    int half = config.headSize() / 2;
    float[] cosines = new float[config.length() * half];
    float[] sines = new float[cosines.length];
    for (int position = 0; position < config.length(); position++) {
      for (int i = 0; i < half; i++) {
        double angle = position * Math.pow(base, -2.0 * i / config.headSize());
        cosines[position * half + i] = (float) Math.cos(angle);
        sines[position * half + i] = (float) Math.sin(angle);
      }
    }
    List<Long> shape = List.of((long) config.length(), (long) half);
    String cos = graph.reals("rotary.cos", shape, cosines);
    String sin = graph.reals("rotary.sin", shape, sines);
    List<String> ab = graph.nodes("Split", 2, List.of(x), LAST);
    String a = ab.getFirst();
    String b = ab.getLast();
    String first =
        graph.node(
            "Sub", List.of(graph.node("Mul", List.of(a, cos)), graph.node("Mul", List.of(b, sin))));
    String second =
        graph.node(
            "Add", List.of(graph.node("Mul", List.of(b, cos)), graph.node("Mul", List.of(a, sin))));
    return graph.node("Concat", List.of(first, second), LAST);
  }
}
