package org.trm4j.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;

/**
 * The parameters of a model, with the names, shapes and initial distributions of the published
 * code.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ParameterLayout {
  /** Name of the token embedding table [V, D]. */
  public static final String TOKEN_EMBEDDING = "embed_tokens.embedding_weight";

  /** Name of the learned position table [L, D]. */
  public static final String POSITION_EMBEDDING = "embed_pos.embedding_weight";

  /** Name of the puzzle embedding table [identifiers, puzzleEmbDim]. */
  public static final String PUZZLE_EMBEDDING = "puzzle_emb.weights";

  /** Name of the output head [V, D]. */
  public static final String LM_HEAD = "lm_head.weight";

  /** Name of the halting head [2, D]; row 0 is q_halt, row 1 q_continue. */
  public static final String Q_HEAD_WEIGHT = "q_head.weight";

  /** Name of the halting head's bias [2]. */
  public static final String Q_HEAD_BIAS = "q_head.bias";

  /** Name of the embedding of sets of tokens [D, values]. */
  public static final String SET_EMBEDDING = "embed_sets.weight";

  /** Name of the bias that every set embeds with [D]. */
  public static final String SET_BIAS = "embed_sets.bias";

  /** Name of the learned rows before the cells [P, D], where the input is sets. */
  public static final String PREFIX = "embed_prefix.weight";

  private ParameterLayout() {}

  /**
   * Returns every parameter in a fixed order.
   *
   * @throws InvalidProgramException if two have the same name
   */
  public static List<ParameterSpec> of(ModelConfig config, TaskProgram task) {
    RecursionProgram program = task.recursion();
    List<ParameterSpec> specs = new ArrayList<>();
    int d = config.hiddenSize();
    double embeddingStd = 1 / Math.sqrt(d);
    switch (task.input()) {
      case TaskProgram.Input.Tokens tokens ->
          specs.add(trained(TOKEN_EMBEDDING, embeddingStd, config.vocabSize(), d));
      case TaskProgram.Input.TokenSets(int values) -> sets(config, task, values, specs);
    }
    if (config.positions() == ModelConfig.Positions.LEARNED) {
      specs.add(trained(POSITION_EMBEDDING, embeddingStd, config.length(), d));
    }
    if (config.puzzleEmbDim() > 0) {
      specs.add(
          new ParameterSpec(
              PUZZLE_EMBEDDING,
              Shape.of(config.numPuzzleIdentifiers(), config.puzzleEmbDim()),
              ParameterSpec.Kind.PUZZLE_EMBEDDING,
              0,
              0));
    }
    for (RecursionProgram.NetworkModule module : program.modules()) {
      for (int layer = 0; layer < module.layers(); layer++) {
        layer(config, module.name() + ".layers." + layer, specs);
      }
    }
    switch (task.objective()) {
      case Objective.Published published -> {
        specs.add(linear(LM_HEAD, config.vocabSize(), d));
        specs.add(
            new ParameterSpec(Q_HEAD_WEIGHT, Shape.of(2, d), ParameterSpec.Kind.TRAINED, 0, 0));
        specs.add(new ParameterSpec(Q_HEAD_BIAS, Shape.of(2), ParameterSpec.Kind.TRAINED, 0, -5));
      }
      case Objective.Terms terms -> {
        for (Objective.Head head : terms.heads()) {
          specs.add(linear(head.weight(), head.width(), d));
          specs.add(constant(head.biasName(), head.width(), head.bias()));
        }
      }
    }
    for (LatentState state : program.states()) {
      if (state.start() instanceof LatentState.Start.Stored(String vector)) {
        specs.add(new ParameterSpec(vector, Shape.of(d), ParameterSpec.Kind.FIXED, 1, 0));
      }
    }
    checkNames(program, specs);
    return List.copyOf(specs);
  }

  /** A state that starts as {@code q_head.bias} would be trained, and written over when read. */
  private static void checkNames(RecursionProgram program, List<ParameterSpec> specs) {
    Set<String> names = new HashSet<>();
    for (ParameterSpec spec : specs) {
      if (!names.add(spec.name())) {
        throw new InvalidProgramException(
            "recursion program %s: parameter %s: stands for two things; give states and modules names of their own"
                .formatted(program.name(), spec.name()));
      }
    }
  }

  /**
   * Returns the number of trained values; the puzzle embedding table counts only where it has a
   * single row or the caller asks for it, since papers leave the tables of ARC out.
   */
  public static long trainedCount(List<ParameterSpec> specs, boolean withPuzzleEmbedding) {
    return specs.stream()
        .filter(spec ->
            spec.kind() == ParameterSpec.Kind.TRAINED
                || (withPuzzleEmbedding && spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING))
        .mapToLong(spec -> spec.shape().size())
        .sum();
  }

  private static void sets(
      ModelConfig config, TaskProgram task, int values, List<ParameterSpec> specs) {
    int d = config.hiddenSize();
    if (config.puzzleEmbDim() > 0 || values > config.vocabSize()) {
      throw new InvalidProgramException(
          "task %s: sets of %s values with puzzleEmbDim %s and vocabSize %s, expected puzzleEmbDim 0, at most vocabSize values"
              .formatted(
                  task.recursion().name(), values, config.puzzleEmbDim(), config.vocabSize()));
    }
    specs.add(trained(SET_EMBEDDING, 1 / Math.sqrt(d), d, values));
    specs.add(constant(SET_BIAS, d, 0));
    if (config.puzzleEmbLen() > 0) {
      specs.add(trained(PREFIX, 1 / Math.sqrt(d), config.puzzleEmbLen(), d));
    }
  }

  private static ParameterSpec constant(String name, int size, double value) {
    return new ParameterSpec(name, Shape.of(size), ParameterSpec.Kind.TRAINED, 0, value);
  }

  private static void layer(ModelConfig config, String prefix, List<ParameterSpec> specs) {
    int d = config.hiddenSize();
    switch (config.mixer()) {
      case ATTENTION -> {
        specs.add(linear(prefix + ".self_attn.qkv_proj.weight", 3 * d, d));
        specs.add(linear(prefix + ".self_attn.o_proj.weight", d, d));
      }
      case TOKEN_MLP ->
          swiGlu(prefix + ".mlp_t", config.length(), config.swiGluInner(config.length()), specs);
      case CONVOLUTION ->
          specs.add(linear(prefix + ".conv.weight", d, config.kernelSize() * config.kernelSize()));
    }
    swiGlu(prefix + ".mlp", d, config.swiGluInner(d), specs);
  }

  private static void swiGlu(String prefix, int width, int inner, List<ParameterSpec> specs) {
    specs.add(linear(prefix + ".gate_up_proj.weight", 2 * inner, width));
    specs.add(linear(prefix + ".down_proj.weight", width, inner));
  }

  private static ParameterSpec linear(String name, int out, int in) {
    return trained(name, 1 / Math.sqrt(in), out, in);
  }

  private static ParameterSpec trained(String name, double std, int rows, int columns) {
    return new ParameterSpec(name, Shape.of(rows, columns), ParameterSpec.Kind.TRAINED, std, 0);
  }
}
