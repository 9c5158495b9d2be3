package org.trm4j.exchange.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.content.DurableFile;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.plan.Plan;

/** Writes one supervision step of a model as an ONNX file. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class OnnxFiles {
  private OnnxFiles() {}

  /**
   * Writes a file; it is replaced as a whole. Inputs: {@code tokens} [batch, S] and {@code
   * puzzle_identifiers} [batch] (where the model has a table), both int64; {@code reset} [batch],
   * true if a puzzle starts (where a state has a stored start); each latent state [batch, L, D];
   * {@code noise} [batch, updates, L, D], normal (where updates are noisy). Outputs: {@code logits}
   * [batch, S, V], {@code q_logits} [batch, 2], and each state as {@code next_NAME}.
   */
  public static void write(Path file, SavedModel model) {
    try {
      Plan plan = model.description().plan();
      OnnxMessage message =
          new OnnxStep(plan, model.parameters().matching(plan.parameters()))
              .build()
              .model(
                  plan.name(),
                  "TRM for Java",
                  Objects.requireNonNullElse(
                      OnnxFiles.class.getPackage().getImplementationVersion(), "development"),
                  Map.of(
                      "policy", model.description().policy(),
                      "domain", model.description().domain()));
      if (message.size() > Integer.MAX_VALUE) {
        throw new CheckpointException(
            "%s: the graph takes %s bytes, expected less than 2 GiB, which is all that an ONNX file holds"
                .formatted(file, message.size()));
      }
      DurableFile.replace(
          file,
          channel -> {
            CodedOutputStream out =
                CodedOutputStream.newInstance(Channels.newOutputStream(channel), 1 << 20);
            message.write(out);
            out.flush();
          });
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be written: %s".formatted(file, e), e);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
