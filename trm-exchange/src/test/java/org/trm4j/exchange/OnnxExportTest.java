package org.trm4j.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.StateBuffer;

/** ONNX Runtime computes the same from the exported graph as our backend. */
class OnnxExportTest {
  private static final int BATCH = 3;
  private static final int STEPS = 3;
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  private static ModelConfig.Builder small(
      ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    return ModelConfig.builder().hidden(16, 2).tokens(9, 5).mixer(mixer, positions);
  }

  static Stream<ModelDescription> models() {
    Map<String, Number> two = Map.of("T", 2, "n", 2);
    ModelConfig rotary =
        small(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)
            .puzzleEmbedding(24, 3, 4)
            .build();
    return Stream.of(
        model(rotary, "trm", two),
        model(
            small(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.LEARNED)
                .puzzleEmbedding(16, 1, 2)
                .build(),
            "trm",
            two),
        model(
            small(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
                .puzzleEmbedding(16, 2, 2)
                .build(),
            "trm",
            two),
        model(
            small(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
                .puzzleEmbedding(0, 2, 1)
                .build(),
            "trm-single-z",
            two),
        model(
            small(ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.LEARNED)
                .tokens(6, 5)
                .puzzleEmbedding(0, 0, 1)
                .grid(3, 3)
                .build(),
            "trm",
            two),
        model(
            small(ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE)
                .puzzleEmbedding(0, 0, 1)
                .grid(3, 5)
                .build(),
            "trm-single-z",
            two),
        model(rotary, "hrm", Map.of("T", 2, "n", 2, "hLayers", 1, "lLayers", 2)),
        model(rotary, "trm-multi-z", Map.of("T", 2, "n", 3)),
        model(rotary, "direct", Map.of("layers", 2)),
        model(
            small(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
                .puzzleEmbedding(0, 0, 1)
                .build(),
            "eqr",
            Map.of("T", 2, "n", 2, "sigma", 0.0)),
        model(rotary, "eqr", Map.of("T", 2, "n", 2, "lambda", 0.8, "sigma", 0.1)));
  }

  private static ModelDescription model(
      ModelConfig config, String policy, Map<String, Number> arguments) {
    return new ModelDescription(config, policy, arguments, "", Map.of());
  }

  /** Random values for all parameters: the initial ones leave heads and tables at zero. */
  private static ParameterSet parameters(Plan plan) {
    Map<String, Tensor> tensors =
        new HashMap<>(ParameterInitializer.initialize(plan.parameters(), 1).tensors());
    SplittableRandom random = new SplittableRandom(3);
    for (String name : new String[] {"q_head.weight", "puzzle_emb.weights"}) {
      Tensor old = tensors.get(name);
      if (old != null) {
        float[] values = new float[old.shape().intSize()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        tensors.put(name, Tensor.of(old.shape(), values));
      }
    }
    return new ParameterSet(tensors).matching(plan.parameters());
  }

  @ParameterizedTest
  @MethodSource("models")
  void onnxRuntimeAgrees(ModelDescription description) throws OrtException {
    Plan plan = description.plan();
    SavedModel model = new SavedModel(description, parameters(plan), Map.of());
    Path file = folder.resolve("step.onnx");
    CheckpointExport.onnx(model, file);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession onnx = environment.createSession(file.toString());
        Backend backend = Trm.standard().backend("cpu-scalar", 1);
        LoadedModel loaded = backend.load(plan, model.parameters());
        InferenceSession session = loaded.open(BATCH)) {
      new Comparison(environment, onnx, plan, session).run();
    }
  }

  /** Runs both from the same puzzles, and each step from the same states. */
  private static final class Comparison {
    private final OrtEnvironment environment;
    private final OrtSession onnx;
    private final Plan plan;
    private final ModelConfig config;
    private final InferenceSession session;
    private final int stateSize;
    private final int[][] tokens;
    private final Map<String, float[]> states = new HashMap<>();

    Comparison(OrtEnvironment environment, OrtSession onnx, Plan plan, InferenceSession session) {
      this.environment = environment;
      this.onnx = onnx;
      this.plan = plan;
      this.config = plan.config();
      this.session = session;
      this.stateSize = config.length() * config.hiddenSize();
      this.tokens = new int[BATCH][config.seqLen()];
    }

    void run() throws OrtException {
      SplittableRandom random = new SplittableRandom(7);
      for (int slot = 0; slot < BATCH; slot++) {
        tokens[slot] = random.ints(config.seqLen(), 0, config.vocabSize()).toArray();
        session.start(slot, tokens[slot], identifier(slot), slot + 1L);
      }
      for (int step = 0; step < STEPS; step++) {
        step(step);
      }
    }

    private int identifier(int slot) {
      return config.puzzleEmbDim() == 0 ? 0 : slot % config.numPuzzleIdentifiers();
    }

    private float[] states(StateBuffer state) {
      float[] values = new float[BATCH * stateSize];
      for (int slot = 0; slot < BATCH; slot++) {
        float[] own = new float[stateSize];
        session.state(state.name(), slot, own);
        System.arraycopy(own, 0, values, slot * stateSize, stateSize);
      }
      return values;
    }

    private void step(int step) throws OrtException {
      for (StateBuffer state : plan.states()) {
        // The graph itself inserts stored starts.
        boolean known = step > 0 || state.stored() == null;
        states.put(state.name(), known ? states(state) : new float[BATCH * stateSize]);
      }
      session.step();
      Map<String, OnnxTensor> inputs = inputs(step);
      try (OrtSession.Result results = onnx.run(inputs)) {
        float[] logits = floats(results, "logits");
        float[] q = floats(results, "q_logits");
        for (int slot = 0; slot < BATCH; slot++) {
          float[] own = new float[config.seqLen() * config.vocabSize()];
          session.logits(slot, own);
          close("logits of step " + step, own, logits, slot * own.length);
          close(
              "q of step " + step,
              new float[] {session.haltLogit(slot), session.continueLogit(slot)},
              q,
              2 * slot);
        }
        for (StateBuffer state : plan.states()) {
          if (!state.constant()) {
            close(
                state.name() + " after step " + step,
                states(state),
                floats(results, "next_" + state.name()),
                0);
          }
        }
      } finally {
        inputs.values().forEach(OnnxTensor::close);
      }
    }

    private static float[] floats(OrtSession.Result results, String name) {
      FloatBuffer buffer = ((OnnxTensor) results.get(name).orElseThrow()).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }

    /** Relative to the largest; false for NaN too. */
    private static void close(String what, float[] expected, float[] found, int at) {
      double scale = 1;
      double error = 0;
      for (int i = 0; i < expected.length; i++) {
        scale = Math.max(scale, Math.abs(expected[i]));
        error = Math.max(error, Math.abs((double) expected[i] - found[at + i]));
        assertThat(Float.isFinite(found[at + i])).as(what).isTrue();
      }
      assertThat(error / scale).as(what).isLessThan(TOLERANCE);
    }

    private Map<String, OnnxTensor> inputs(int step) throws OrtException {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      long[] ids = new long[BATCH * config.seqLen()];
      long[] identifiers = new long[BATCH];
      boolean[] reset = new boolean[BATCH];
      for (int slot = 0; slot < BATCH; slot++) {
        for (int i = 0; i < config.seqLen(); i++) {
          ids[slot * config.seqLen() + i] = tokens[slot][i];
        }
        identifiers[slot] = identifier(slot);
        reset[slot] = step == 0;
      }
      for (String name : onnx.getInputNames()) {
        inputs.put(
            name,
            switch (name) {
              case "tokens" ->
                  OnnxTensor.createTensor(
                      environment, LongBuffer.wrap(ids), new long[] {BATCH, config.seqLen()});
              case "puzzle_identifiers" -> OnnxTensor.createTensor(environment, identifiers);
              case "reset" -> OnnxTensor.createTensor(environment, reset);
              case "noise" -> noise(step);
              default -> reals(states.get(name), BATCH, config.length(), config.hiddenSize());
            });
      }
      return inputs;
    }

    private OnnxTensor reals(float[] values, long... shape) throws OrtException {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }

    /**
     * The draws of our backends, in the order of the updates; the state of each update is known.
     */
    private OnnxTensor noise(int step) throws OrtException {
      int updates = 2 * (2 + 1);
      float[] values = new float[BATCH * updates * stateSize];
      for (int slot = 0; slot < BATCH; slot++) {
        for (int update = 0; update < updates; update++) {
          // z_H is state 0, z_L state 1; the start was draw 0.
          int state = update % 3 == 2 ? 0 : 1;
          long stream = GaussianNoise.stream(slot + 1L, 1 + step * updates + update, state);
          for (int i = 0; i < stateSize; i++) {
            values[(slot * updates + update) * stateSize + i] = GaussianNoise.value(stream, i);
          }
        }
      }
      return reals(values, BATCH, updates, config.length(), config.hiddenSize());
    }
  }
}
