package org.trm4j.training.parity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.Loss;
import org.trm4j.task.ParameterLayout;
import org.trm4j.training.TrainingException;

/**
 * Compares single layers and their gradients with {@code layers.safetensors}: {@code rms_norm},
 * {@code swiglu}, {@code attention} (rotary) and {@code stablemax}, each with inputs, weights,
 * outputs, and gradients for a given output gradient.
 *
 * <p>The operations are fused with residual and norm, the values are not. With an epsilon that
 * outweighs the mean square the norm is a well-conditioned, almost linear function, so that output
 * and output gradient can be led through it, and what remains is the layer.
 */
final class LayerParity {
  static final String FILE = "layers.safetensors";
  private static final double TOLERANCE = 1e-5;
  private static final float PUBLISHED_EPSILON = 1e-5f;
  private static final float ALMOST_LINEAR = 1e4f;

  private final ParameterSet golden;
  private final Backend backend;
  private final List<ParityCheck> checks;

  private LayerParity(ParameterSet golden, Backend backend, List<ParityCheck> checks) {
    this.golden = golden;
    this.backend = backend;
    this.checks = checks;
  }

  static void check(Path file, Backend backend, List<ParityCheck> checks) {
    LayerParity parity = new LayerParity(SafetensorsReader.read(file).tensors(), backend, checks);
    parity.rmsNorm();
    parity.swiGlu();
    parity.attention();
    parity.stableMax();
  }

  /** A SwiGLU whose down projection is zero leaves the norm of its input. */
  private void rmsNorm() {
    Tensor x = golden.get("rms_norm.x");
    Plan plan =
        new LayerPlan(x.shape().dim(1), x.shape().dim(2), 2, 1).swiGlu(256, PUBLISHED_EPSILON);
    LayerValues values = new LayerValues();
    for (int i = 0; i < x.shape().dim(0); i++) {
      float[] dy = values.slice(golden.get("rms_norm.dy"), i);
      run(plan, Map.of(LayerPlan.INPUT, values.slice(x, i), LayerPlan.OUTPUT_GRADIENT, dy), values);
    }
    compare("rms_norm.y", values.outputs());
    compare("rms_norm.dx", values.inputGradients());
  }

  private void swiGlu() {
    Tensor x = golden.get("swiglu.x");
    int inner = golden.get("swiglu.down").shape().dim(1);
    Plan plan =
        new LayerPlan(x.shape().dim(1), x.shape().dim(2), 2, 1).swiGlu(inner, ALMOST_LINEAR);
    sublayer(plan, "swiglu", Map.of("gate_up", LayerPlan.GATE_UP, "down", LayerPlan.DOWN));
  }

  /** The file does not say how many heads there are: they are as wide as fits the output best. */
  private void attention() {
    int width = golden.get("attention.x").shape().dim(2);
    List<ParityCheck> best =
        IntStream.rangeClosed(1, width / 2)
            .filter(heads -> width % (2 * heads) == 0)
            .mapToObj(this::attention)
            .min(Comparator.comparingDouble(found -> found.getFirst().error()))
            .orElseThrow(() ->
                new TrainingException(
                    "attention.x: width %s, expected heads of even width".formatted(width)));
    checks.addAll(best);
  }

  private List<ParityCheck> attention(int heads) {
    Tensor x = golden.get("attention.x");
    Plan plan =
        new LayerPlan(x.shape().dim(1), x.shape().dim(2), 2, heads).attention(ALMOST_LINEAR);
    LayerParity trial = new LayerParity(golden, backend, new ArrayList<>());
    trial.sublayer(plan, "attention", Map.of("qkv", LayerPlan.QKV, "o", LayerPlan.OUT));
    return trial.checks;
  }

  private void sublayer(Plan plan, String layer, Map<String, String> weights) {
    Tensor x = golden.get(layer + ".x");
    LayerValues values = new LayerValues();
    for (int i = 0; i < x.shape().dim(0); i++) {
      LayerNorm norm =
          new LayerNorm(
              values.slice(x, i),
              values.slice(golden.get(layer + ".y"), i),
              x.shape().dim(2),
              ALMOST_LINEAR);
      float[] dy = values.slice(golden.get(layer + ".dy"), i);
      Map<String, float[]> given = new LinkedHashMap<>();
      given.put(LayerPlan.INPUT, norm.input());
      given.put(LayerPlan.OUTPUT_GRADIENT, norm.outputGradient(dy));
      weights.forEach((name, own) -> given.put(own, golden.get(layer + "." + name).toArray()));
      run(plan, given, values);
      values.replaceLastOutput(norm::sublayerOutput);
      values.replaceLastInputGradient(dx -> LayerNorm.minus(dx, dy));
    }
    compare(layer + ".y", values.outputs());
    compare(layer + ".dx", values.inputGradients());
    weights.forEach((name, own) -> compare(layer + ".d" + name, values.sum(own)));
  }

  private void stableMax() {
    Tensor logits = golden.get("stablemax.logits");
    int length = logits.shape().dim(1);
    int vocabulary = logits.shape().dim(2);
    Plan plan = new LayerPlan(length, vocabulary, vocabulary, 1).loss();
    float[] identity = new float[vocabulary * vocabulary];
    for (int i = 0; i < vocabulary; i++) {
      identity[i * (vocabulary + 1)] = 1;
    }
    Tensor weights = golden.get("stablemax.dloss");
    Tensor losses = golden.get("stablemax.loss");
    LayerValues values = new LayerValues();
    Comparison loss = new Comparison();
    for (int i = 0; i < logits.shape().dim(0); i++) {
      int[] labels = new int[length];
      double sum = 0;
      for (int s = 0; s < length; s++) {
        labels[s] = (int) golden.get("stablemax.labels").get((long) i * length + s);
        sum += labels[s] == Loss.IGNORED ? 0 : losses.get((long) i * length + s);
      }
      SequenceMetrics metrics =
          run(
              plan,
              Map.of(LayerPlan.INPUT, values.slice(logits, i), ParameterLayout.LM_HEAD, identity),
              labels,
              values);
      loss.add(sum, metrics.languageLoss() * metrics.labelledTokens());
      // Ours is the gradient of the mean over the labels; the published one is of a weighted sum.
      float[] own = values.slice(weights, i);
      int count = metrics.labelledTokens();
      values.replaceLastInputGradient(dx -> LayerNorm.scaleRows(dx, own, count, vocabulary));
    }
    checks.add(new ParityCheck("stablemax.loss", loss.error(), TOLERANCE));
    compare("stablemax.dlogits", values.inputGradients());
  }

  private void run(Plan plan, Map<String, float[]> given, LayerValues values) {
    run(plan, given, new int[plan.config().seqLen()], values);
  }

  private SequenceMetrics run(
      Plan plan, Map<String, float[]> given, int[] labels, LayerValues values) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec spec : plan.parameters()) {
      float[] data = given.get(spec.name());
      parameters.put(
          spec.name(),
          Tensor.of(spec.shape(), data == null ? new float[(int) spec.shape().size()] : data));
    }
    try (TrainingSession session = backend.train(plan, new ParameterSet(parameters), 1)) {
      session.start(0, new int[plan.config().seqLen()], labels, 0);
      SequenceMetrics metrics = session.step(new boolean[] {true}, 1)[0];
      float[] output = new float[plan.config().length() * plan.config().hiddenSize()];
      session.state(LayerPlan.STATE, 0, output);
      values.add(output, session.gradients());
      return metrics;
    }
  }

  private void compare(String key, List<float[]> found) {
    Tensor expected = golden.get(key);
    int size = (int) (expected.shape().size() / found.size());
    Comparison comparison = new Comparison();
    for (int i = 0; i < found.size(); i++) {
      float[] part = found.get(i);
      for (int j = 0; j < size; j++) {
        comparison.add(
            expected.get((long) i * size + j), part.length == size ? part[j] : Double.NaN);
      }
    }
    checks.add(new ParityCheck(key, comparison.error(), TOLERANCE));
  }
}
