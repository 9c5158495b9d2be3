package org.trm4j.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.model.ModelConfig;

/** Builds a model's description from the shapes of its parameters and from settings. */
final class PublishedModel {
  /** The published default of TRM's puzzle_emb_len. */
  private static final int PUZZLE_LENGTH = 16;

  private final NetworkShapes shapes;
  private final PublishedSettings settings;
  private final Questions questions;
  private final List<String> notes;

  PublishedModel(
      NetworkShapes shapes, PublishedSettings settings, Questions questions, List<String> notes) {
    this.shapes = shapes;
    this.settings = settings;
    this.questions = questions;
    this.notes = notes;
  }

  /** Returns the description, or null if questions remain. */
  @Nullable ModelDescription describe() {
    String policy = policy();
    Map<String, Number> arguments = arguments(policy);
    int heads = heads();
    ModelConfig.Positions positions = positions();
    Integer puzzleLength = puzzleLength(policy);
    Integer seqLen = seqLen(puzzleLength);
    PublishedDomain domain =
        new PublishedDomain(settings, questions, notes).find(seqLen, shapes.vocabSize());
    if (seqLen == null && domain.seqLen() > 0) {
      seqLen = domain.seqLen();
    }
    if (seqLen == null) {
      questions.ask("seqLen", "tokens of a puzzle, such as 81");
    }
    if (puzzleLength == null && seqLen != null && shapes.length() != null) {
      puzzleLength = shapes.length() - seqLen;
    }
    if (puzzleLength == null) {
      questions.ask("puzzleEmbLen", "positions of the puzzle embedding, 16 in TRM");
    }
    if (!questions.isEmpty() || seqLen == null || puzzleLength == null) {
      return null;
    }
    if (shapes.length() != null && shapes.length() != seqLen + puzzleLength) {
      throw new CheckpointException(
          "configuration: %s tokens and %s positions of the puzzle embedding, expected %s together as the shapes tell"
              .formatted(seqLen, puzzleLength, shapes.length()));
    }
    return new ModelDescription(
        config(heads, positions, seqLen, puzzleLength),
        policy,
        arguments,
        domain.id(),
        domain.options());
  }

  private ModelConfig config(
      int heads, ModelConfig.Positions positions, int seqLen, int puzzleLength) {
    Integer vocabulary = settings.integer("", "vocab_size");
    same("vocab_size", vocabulary, shapes.vocabSize());
    same("hidden_size", settings.integer("", "hidden_size"), shapes.hiddenSize());
    return ModelConfig.builder()
        .hidden(shapes.hiddenSize(), heads)
        .expansion(expansion())
        .tokens(seqLen, shapes.vocabSize())
        .puzzleEmbedding(shapes.puzzleEmbDim(), puzzleLength, Math.max(1, shapes.identifiers()))
        .mixer(shapes.mixer(), positions)
        .rotaryBase(
            Objects.requireNonNullElse(settings.number("rotaryBase", "rope_theta"), 10_000.0))
        .rmsNormEpsilon(
            Objects.requireNonNullElse(settings.number("rmsNormEpsilon", "rms_norm_eps"), 1e-5))
        .build();
  }

  /** Lightning modules are saved with zeros for values that their data supplies later. */
  private static void same(String name, @Nullable Integer said, int found) {
    if (said != null && said != 0 && said != found) {
      throw new CheckpointException(
          "configuration: %s is %s, expected %s as the shapes tell".formatted(name, said, found));
    }
  }

  private String policy() {
    String given = settings.find("policy", "policy");
    if (given != null) {
      return given;
    }
    Set<String> modules = shapes.layers().keySet();
    if (modules.equals(Set.of("H_level", "L_level"))) {
      String name =
          Objects.requireNonNullElse(settings.network("name"), "").toLowerCase(Locale.ROOT);
      if (name.contains("hrm") || name.contains("hierarchical")) {
        return "hrm";
      }
      questions.ask("policy", "the recursion, hrm or trm-two-networks");
      return "hrm";
    }
    if (modules.equals(Set.of("H_level"))) {
      return "direct";
    }
    if (shapes.starts().isEmpty()) {
      notes.add("recursion: eqr, since the file has no start vectors");
      return "eqr";
    }
    if (shapes.starts().contains("L1_init")) {
      return "trm-multi-z";
    }
    return shapes.starts().contains("H_init") ? "trm" : "trm-single-z";
  }

  private Map<String, Number> arguments(String policy) {
    Map<String, Number> arguments = new LinkedHashMap<>();
    if (policy.equals("direct")) {
      arguments.put("layers", shapes.layersOf("H_level"));
      return arguments;
    }
    whole(arguments, "T", "cycles of a supervision step, 3 in TRM", "H_cycles");
    whole(arguments, "n", "latent updates of a cycle, 6 in TRM", "L_cycles");
    if (policy.equals("hrm")) {
      arguments.put("hLayers", shapes.layersOf("H_level"));
      arguments.put("lLayers", shapes.layersOf("L_level"));
    } else {
      arguments.put("layers", shapes.layersOf("L_level"));
    }
    if (policy.equals("eqr")) {
      real(arguments, "lambda", "damping, 0.95 as published", "lambda_", "lambda");
      real(arguments, "sigma", "noise, 0.01 as published", "noise_scale", "sigma");
    }
    return arguments;
  }

  private void whole(Map<String, Number> arguments, String key, String meaning, String name) {
    Integer value = settings.integer(key, name);
    if (value == null) {
      questions.ask(key, meaning);
    } else {
      arguments.put(key, value);
    }
  }

  private void real(Map<String, Number> arguments, String key, String meaning, String... names) {
    Double value = settings.number(key, names);
    if (value == null) {
      questions.ask(key, meaning);
    } else {
      arguments.put(key, value);
    }
  }

  /** A token MLP has no heads. */
  private int heads() {
    if (shapes.mixer() == ModelConfig.Mixer.TOKEN_MLP) {
      return 1;
    }
    Integer heads = settings.integer("heads", "num_heads");
    if (heads == null) {
      questions.ask("heads", "attention heads, 8 as published");
      return 1;
    }
    return heads;
  }

  private ModelConfig.Positions positions() {
    if (shapes.learnedPositions()) {
      return ModelConfig.Positions.LEARNED;
    }
    if (shapes.mixer() == ModelConfig.Mixer.TOKEN_MLP) {
      // Published token MLPs use no rotation, whatever their configuration says.
      return ModelConfig.Positions.NONE;
    }
    String said = settings.find("positions", "pos_encodings", "pos_emb_type");
    if (said == null) {
      questions.ask("positions", "rotary, as published, or none");
      return ModelConfig.Positions.NONE;
    }
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "rope", "rotary", "1d" -> ModelConfig.Positions.ROTARY;
      case "none", "null", "" -> ModelConfig.Positions.NONE;
      case "learned" ->
          throw new CheckpointException(
              "configuration: learned positions, but there is no embed_pos.embedding_weight");
      default ->
          throw new CheckpointException(
              "configuration: positions %s are none that this library computes, expected rotary, learned or none"
                  .formatted(said));
    };
  }

  private @Nullable Integer puzzleLength(String policy) {
    if (shapes.puzzleEmbDim() == 0) {
      return 0;
    }
    Integer given = settings.integer("puzzleEmbLen");
    if (given != null) {
      return given;
    }
    int least = (shapes.puzzleEmbDim() - 1) / shapes.hiddenSize() + 1;
    boolean ignored = policy.equals("hrm") || policy.equals("direct");
    Integer said = ignored ? Integer.valueOf(0) : settings.integer("", "puzzle_emb_len");
    if (said == null && settings.find("", "H_cycles") != null && shapes.length() == null) {
      notes.add("puzzleEmbLen: 16, the published default");
      return PUZZLE_LENGTH;
    }
    return said == null ? null : said == 0 ? Integer.valueOf(least) : said;
  }

  private @Nullable Integer seqLen(@Nullable Integer puzzleLength) {
    Integer said = settings.integer("seqLen", "seq_len");
    if (said != null && said != 0) {
      return said;
    }
    return shapes.length() == null || puzzleLength == null ? null : shapes.length() - puzzleLength;
  }

  /** Any expansion that gives the inner widths will do; it decides nothing else. */
  private double expansion() {
    Double said = settings.number("expansion", "expansion", "ffn_expansion");
    if (said != null) {
      return said;
    }
    for (double candidate = 4, i = 0; i < 64; candidate = ++i / 4) {
      if (candidate > 0 && fits(candidate)) {
        return candidate;
      }
    }
    double exact = 1.5 * shapes.inner() / shapes.hiddenSize();
    if (fits(exact)) {
      return exact;
    }
    throw new CheckpointException(
        "no expansion gives inner widths %s and %s; the layers are not those of TRM"
            .formatted(shapes.inner(), shapes.tokenInner()));
  }

  private boolean fits(double expansion) {
    return inner(shapes.hiddenSize(), expansion) == shapes.inner()
        && (shapes.tokenInner() == 0
            || shapes.length() == null
            || inner(shapes.length(), expansion) == shapes.tokenInner());
  }

  private static int inner(int width, double expansion) {
    return ModelConfig.builder().expansion(expansion).tokens(1, 1).build().swiGluInner(width);
  }
}
