package org.trm4j.plan.lower;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TokenSwiGlu;
import org.trm4j.recursion.RecursionProgram;

/** Makes the operations of a module's layers. */
final class Layers {
  private final ModelConfig config;
  private final List<ParameterSpec> parameters;

  Layers(ModelConfig config, List<ParameterSpec> parameters) {
    this.config = config;
    this.parameters = parameters;
  }

  Buffer hidden(String name) {
    return new Buffer(name, Shape.of(config.length(), config.hiddenSize()), Buffer.Role.TEMPORARY);
  }

  /**
   * Appends the layers from {@code input} to {@code output}; intermediate buffers are named after
   * the prefix.
   */
  void append(
      RecursionProgram.NetworkModule module,
      Buffer input,
      Buffer output,
      String prefix,
      boolean save,
      List<? super Operation> target) {
    Buffer current = input;
    for (int layer = 0; layer < module.layers(); layer++) {
      String weights = module.name() + ".layers." + layer;
      Buffer mixed = hidden(prefix + layer + ".mixed");
      target.add(mixer(weights, current, mixed, save ? mixed.name() : null));
      Buffer next = layer == module.layers() - 1 ? output : hidden(prefix + layer + ".out");
      Buffer rms = save ? temporary(prefix + layer + ".out.rms", config.length()) : null;
      target.add(
          new SwiGlu(
              mixed,
              next,
              rms,
              find(weights + ".mlp.gate_up_proj.weight"),
              find(weights + ".mlp.down_proj.weight"),
              epsilon()));
      current = next;
    }
  }

  private Operation mixer(String weights, Buffer input, Buffer output, @Nullable String saved) {
    return switch (config.mixer()) {
      case ATTENTION -> attention(weights, input, output, saved);
      case TOKEN_MLP ->
          new TokenSwiGlu(
              input,
              output,
              saved == null ? null : temporary(saved + ".rms", config.hiddenSize()),
              find(weights + ".mlp_t.gate_up_proj.weight"),
              find(weights + ".mlp_t.down_proj.weight"),
              epsilon());
      case CONVOLUTION ->
          new GridConvolution(
              input,
              output,
              saved == null ? null : temporary(saved + ".rms", config.length()),
              find(weights + ".conv.weight"),
              config.gridColumns(),
              epsilon());
    };
  }

  private Operation attention(String weights, Buffer input, Buffer output, @Nullable String saved) {
    SelfAttention.Saved keep =
        saved == null
            ? null
            : new SelfAttention.Saved(
                temporary(saved + ".rms", config.length()),
                hidden(saved + ".attended"),
                temporary(saved + ".lse", config.numHeads(), config.length()));
    return new SelfAttention(
        input,
        output,
        keep,
        find(weights + ".self_attn.qkv_proj.weight"),
        find(weights + ".self_attn.o_proj.weight"),
        config.numHeads(),
        config.positions() == ModelConfig.Positions.ROTARY ? config.rotaryBase() : 0,
        epsilon());
  }

  private float epsilon() {
    return (float) config.rmsNormEpsilon();
  }

  private static Buffer temporary(String name, long... shape) {
    return new Buffer(name, Shape.of(shape), Buffer.Role.TEMPORARY);
  }

  ParameterSpec find(String name) {
    return parameters.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("plan: no parameter " + name));
  }
}
