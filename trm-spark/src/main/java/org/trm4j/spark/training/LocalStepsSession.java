package org.trm4j.spark.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;

/**
 * Data-parallel training with local steps, as in DiLoCo (arXiv 2311.08105, algorithm 1): each
 * worker makes H updates with its own moments. Then the mean of their changes is an outer gradient,
 * {@code g = mean(theta - theta_i)}, for Nesterov's momentum: {@code m = mu m + g; theta -= lr (g +
 * mu m)}. Parameters are sent once in H steps.
 *
 * <p>A checkpoint ends a round early. It holds the mean of the workers' moments, with which all
 * continue.
 */
final class LocalStepsSession extends ShardedSession implements Shards.Source {
  private static final String MOMENTUM = "outer.";

  private final Flat flat;
  private final LocalSteps steps;
  private final Path momentumFile;
  private final Shards shards;
  private final float[] theta;
  private final float[] momentum;
  private final float[] average;
  private final float[] constants;
  private float[] moments = new float[0];
  private int sinceAverage;
  private double averageDecay = 1;
  private boolean changed;
  private @Nullable UpdateRule pending;

  /**
   * Creates the session.
   *
   * @param momentumFile the file of the outer momentum, beside the checkpoint
   */
  LocalStepsSession(
      SparkContext context,
      Shards.Setting setting,
      Plan plan,
      ParameterSet initial,
      int batch,
      LocalSteps steps,
      Path momentumFile) {
    if (plan.config().puzzleEmbDim() > 0 && plan.config().numPuzzleIdentifiers() > 1) {
      throw new BackendException(
          "local steps: the model has %s puzzle embedding rows, which only the workers that see their puzzles train; their mean would undo that: train exactly (--local-steps 1)"
              .formatted(plan.config().numPuzzleIdentifiers()));
    }
    this.flat = Flat.withTable(plan);
    this.steps = steps;
    this.momentumFile = momentumFile;
    this.theta = flat.of(initial);
    this.constants = flat.constants(initial);
    this.momentum = new float[theta.length];
    this.average = theta.clone();
    this.shards = new Shards(context, setting, plan, batch, this);
  }

  @Override
  Shards shards() {
    return shards;
  }

  @Override
  public SequenceMetrics[] step(boolean[] lastStep, float gradientScale) {
    StepSum sum = shards.step(StepOrder.Kind.LOCAL_STEP, lastStep, 0, pending);
    pending = null;
    changed = false;
    return shards.metrics(sum);
  }

  @Override
  public void update(UpdateRule rule) {
    pending = rule;
    averageDecay *= rule.averageDecay();
    sinceAverage++;
    if (sinceAverage == steps.count()) {
      average();
    }
  }

  /** Ends a round. */
  private void average() {
    if (sinceAverage == 0) {
      return;
    }
    StepSum sum = shards.collect(StepOrder.Kind.CHANGE, pending);
    pending = null;
    sinceAverage = 0;
    float count = sum.results.size();
    if (sum.gradient.length > 0) {
      float rate = (float) steps.learningRate();
      float mu = (float) steps.momentum();
      for (int i = 0; i < theta.length; i++) {
        float g = sum.gradient[i] / count;
        momentum[i] = mu * momentum[i] + g;
        theta[i] -= rate * (g + mu * momentum[i]);
      }
    }
    float keep = (float) averageDecay;
    averageDecay = 1;
    for (int i = 0; i < theta.length; i++) {
      average[i] = keep * average[i] + (1 - keep) * theta[i];
    }
    changed = true;
  }

  @Override
  public @Nullable Weights changed() {
    return changed ? complete() : null;
  }

  @Override
  public Weights complete() {
    return new Weights(
        theta.clone(),
        new int[0],
        new float[0],
        new UpdateRule(1, 0, 0, 0, 0, 0, 0, 0),
        moments,
        constants);
  }

  @Override
  public ParameterSet parameters() {
    average();
    Map<String, Tensor> tensors = new LinkedHashMap<>(flat.tensors("", theta));
    tensors.putAll(flat.constantTensors(constants));
    return new ParameterSet(tensors);
  }

  @Override
  public ParameterSet averages() {
    average();
    return new ParameterSet(flat.trainedOnly("", average));
  }

  @Override
  public ParameterSet gradients() {
    throw new BackendException(
        "local steps: gradients stay on the workers, which update with AdamATan2; other optimizers and clipping need exact training (--local-steps 1)");
  }

  @Override
  public ParameterSet optimizerState() {
    average();
    StepSum sum = shards.collect(StepOrder.Kind.MOMENTS, null);
    int size = flat.trainedSize();
    float[] both = sum.gradient.length == 0 ? kept(size) : sum.gradient;
    float count = sum.gradient.length == 0 ? 1 : sum.results.size();
    for (int i = 0; i < both.length; i++) {
      both[i] /= count;
    }
    Map<String, Tensor> tensors =
        new LinkedHashMap<>(flat.trainedOnly("m.", Arrays.copyOf(both, size)));
    tensors.putAll(flat.trainedOnly("v.", Arrays.copyOfRange(both, size, 2 * size)));
    tensors.putAll(flat.trainedOnly("ema.", average));
    SafetensorsWriter.write(
        momentumFile, new Checkpoint(new ParameterSet(flat.tensors(MOMENTUM, momentum)), Map.of()));
    return new ParameterSet(tensors);
  }

  private float[] kept(int size) {
    return moments.length == 0 ? new float[2 * size] : moments.clone();
  }

  @Override
  public void restoreOptimizerState(ParameterSet state) {
    float[] first = flat.trainedOf("m.", state);
    float[] second = flat.trainedOf("v.", state);
    moments = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, moments, first.length, second.length);
    float[] averages = flat.trainedOf("ema.", state);
    System.arraycopy(averages, 0, average, 0, averages.length);
    if (Files.exists(momentumFile)) {
      float[] saved = flat.of(MOMENTUM, SafetensorsReader.read(momentumFile).tensors());
      System.arraycopy(saved, 0, momentum, 0, saved.length);
    }
  }

  @Override
  public void close() {
    shards.close();
  }
}
