package org.trm4j.task.deduction;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.task.Objective;
import org.trm4j.task.ParameterLayout;

/**
 * Initial parameters of a deduction model from a trained plain one with the same recursion.
 *
 * <p>With e the token embeddings, n the number of tokens that an open cell may have and {@code b =
 * (sum of their e - e_open) / (n - 1)}, a set embeds as {@code b + sum of (e_v - b)}: given and
 * open cells embed exactly as in the plain model. The heads that keep and choose values start as
 * the rows of {@code lm_head}, the contradiction head as a constant. Parameters of the same name
 * and shape are taken over.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class DeductionStart {
  private DeductionStart() {}

  /**
   * Returns the plain model's parameters, and those of a deduction model that follow from them.
   *
   * @param plain parameters of a model that reads tokens and has the published heads
   * @param codec of the puzzles of both
   * @throws IllegalArgumentException if the plain model has other parameters
   */
  public static ParameterSet of(ParameterSet plain, PuzzleCodec codec) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(plain.tensors());
    Tensor tokens = required(plain, ParameterLayout.TOKEN_EMBEDDING);
    Tensor head = required(plain, ParameterLayout.LM_HEAD);
    int values = tokens.shape().dim(0);
    int width = tokens.shape().dim(1);
    float[] e = tokens.toArray();
    float[] bias = bias(e, values, width, codec);
    float[] weight = new float[e.length];
    for (int i = 0; i < width; i++) {
      for (int v = 0; v < values; v++) {
        weight[i * values + v] = e[v * width + i] - bias[i];
      }
    }
    tensors.put(ParameterLayout.SET_EMBEDDING, Tensor.of(Shape.of(width, values), weight));
    tensors.put(ParameterLayout.SET_BIAS, Tensor.of(Shape.of(width), bias));
    for (String name : List.of(DeductionTask.KEEP, DeductionTask.VALUE)) {
      Objective.Head like = Objective.Head.cells(name, values, "");
      tensors.put(like.weight(), head);
      tensors.put(like.biasName(), Tensor.of(Shape.of(values), new float[values]));
    }
    tensors.put(
        Objective.Head.cells(DeductionTask.CONFLICT, 1, "").weight(),
        Tensor.of(Shape.of(1, width), new float[width]));
    return new ParameterSet(tensors);
  }

  private static float[] bias(float[] e, int values, int width, PuzzleCodec codec) {
    int blank = 0;
    int[] open = {};
    for (int token = 0; token < values; token++) {
      int[] candidates = codec.candidates(token, values);
      if (candidates.length > 1) {
        // The last blank token: the ones before it stand for padding.
        blank = token;
        open = candidates;
      }
    }
    if (open.length < 2) {
      throw new IllegalArgumentException(
          "deduction start: no token stands for an open cell, expected one with several candidates");
    }
    double[] sum = new double[width];
    for (int token : open) {
      for (int i = 0; i < width; i++) {
        sum[i] += e[token * width + i];
      }
    }
    float[] bias = new float[width];
    for (int i = 0; i < width; i++) {
      bias[i] = (float) ((sum[i] - e[blank * width + i]) / (open.length - 1));
    }
    return bias;
  }

  private static Tensor required(ParameterSet plain, String name) {
    Tensor tensor = plain.tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "deduction start: the plain model has parameters %s, expected %s among them"
              .formatted(Arrays.toString(plain.tensors().keySet().toArray()), name));
    }
    return tensor;
  }
}
