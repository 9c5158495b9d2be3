package org.trm4j.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.exchange.onnx.OnnxFiles;
import org.trm4j.exchange.torch.TorchFiles;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;

/** Exports models for other programs. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class CheckpointExport {
  /** The names that the published {@code load_checkpoint} expects of a compiled model. */
  public static final String PUBLISHED_PREFIX = "_orig_mod.model.inner.";

  /** The order of the published modules, which follow the start vectors. */
  private static final List<String> ORDER =
      List.of(
          ParameterLayout.TOKEN_EMBEDDING,
          ParameterLayout.LM_HEAD,
          ParameterLayout.Q_HEAD_WEIGHT,
          ParameterLayout.Q_HEAD_BIAS,
          ParameterLayout.PUZZLE_EMBEDDING,
          ParameterLayout.POSITION_EMBEDDING);

  private static final String START = "_init";

  private CheckpointExport() {}

  /**
   * Writes a dictionary of tensors as {@code torch.save} does, which the published {@code
   * load_checkpoint} takes, and the architecture beside it as {@code FILE.yaml}.
   *
   * @param prefix before every name, such as {@link #PUBLISHED_PREFIX}
   * @param starts type of the start vectors, as the published setting {@code forward_dtype} says:
   *     {@code bfloat16} or {@code float32}; empty for the types that an imported model had, and
   *     32-bit floats otherwise
   */
  public static void torch(SavedModel model, Path file, String prefix, String starts) {
    published(model);
    Map<String, String> types = types(model, starts);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> named = new LinkedHashMap<>();
    for (String name : order(model)) {
      tensors.put(prefix + name, model.parameters().get(name));
      named.put(prefix + name, types.getOrDefault(name, "F32"));
    }
    TorchFiles.write(file, tensors, named);
    architecture(model, file, types);
  }

  /**
   * Writes 32-bit floats as safetensors under {@code prefix}, and the architecture beside them as
   * {@code FILE.yaml}.
   */
  public static void safetensors(SavedModel model, Path file, String prefix) {
    published(model);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : order(model)) {
      tensors.put(prefix + name, model.parameters().get(name));
    }
    SafetensorsWriter.write(
        file, new Checkpoint(new ParameterSet(tensors), Map.of("format", "pt")));
    architecture(model, file, Map.of());
  }

  /** Writes one supervision step as ONNX; a model with a rule between its steps is refused. */
  public static void onnx(SavedModel model, Path file) {
    if (!model.description().task().isPublished()) {
      throw new CheckpointException(
          "export: a step of policy %s is followed by a rule of this library, which decides what the next step sees; ONNX has no form for it"
              .formatted(model.description().policy()));
    }
    OnnxFiles.write(file, model);
  }

  /** The published code has no other inputs, heads and mixers. */
  private static void published(SavedModel model) {
    if (!model.description().task().isPublished()) {
      throw new CheckpointException(
          "export: the task of policy %s has inputs or heads of its own, which published formats have no place for"
              .formatted(model.description().policy()));
    }
    if (model.description().config().mixer() == ModelConfig.Mixer.CONVOLUTION) {
      throw new CheckpointException(
          "export: the mixer is CONVOLUTION, which published models do not have, expected ATTENTION or TOKEN_MLP");
    }
  }

  private static Map<String, String> types(SavedModel model, String starts) {
    Map<String, String> types = new LinkedHashMap<>();
    String imported = model.metadata().getOrDefault(CheckpointImport.TYPES, "");
    for (String entry : imported.isEmpty() ? new String[0] : imported.split(",")) {
      int equals = entry.indexOf('=');
      String type = entry.substring(equals + 1);
      if (type.equals("BF16") || type.equals("F16")) {
        types.put(entry.substring(0, Math.max(0, equals)), type);
      }
    }
    switch (starts) {
      case "" -> {}
      case "bfloat16", "float32" -> {
        for (String name : model.parameters().tensors().keySet()) {
          if (name.endsWith(START)) {
            types.put(name, starts.equals("float32") ? "F32" : "BF16");
          }
        }
      }
      default ->
          throw new CheckpointException(
              "export: forward dtype %s, expected bfloat16 or float32".formatted(starts));
    }
    return types;
  }

  private static List<String> order(SavedModel model) {
    List<String> names = new ArrayList<>(model.parameters().tensors().keySet());
    names.sort(Comparator.comparingInt(CheckpointExport::place));
    return names;
  }

  private static int place(String name) {
    int place = ORDER.indexOf(name);
    return name.endsWith(START) ? -1 : place < 0 ? ORDER.size() : place;
  }

  private static void architecture(SavedModel model, Path file, Map<String, String> types) {
    Path beside = file.resolveSibling(file.getFileName() + ".yaml");
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    ByteBuffer text =
        ByteBuffer.wrap(
            new Dump(settings)
                .dumpToString(PublishedArchitecture.of(model.description(), types))
                .getBytes(StandardCharsets.UTF_8));
    try {
      DurableFile.replace(
          beside,
          channel -> {
            while (text.hasRemaining()) {
              channel.write(text);
            }
          });
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be written: %s".formatted(beside, e), e);
    }
  }
}
