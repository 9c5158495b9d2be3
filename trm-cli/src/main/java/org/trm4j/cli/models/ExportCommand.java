package org.trm4j.cli.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.terminal.Console;
import org.trm4j.exchange.CheckpointExport;
import org.trm4j.exchange.CheckpointImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a model for other programs: a torch file for the published load_checkpoint, safetensors, or one supervision step as ONNX.",
      "Beside torch and safetensors files FILE.yaml has the architecture, under its published names."
    },
    footer = {
      "",
      "Examples:",
      "  trm export runs/nine --format torch --out step_1000",
      "  trm export runs/nine --format onnx --out nine.onnx"
    })
public final class ExportCommand implements Runnable {
  /** What is written. */
  enum Format {
    TORCH,
    SAFETENSORS,
    ONNX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "A run folder or a model file.")
  private Path model;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to make.")
  private Path out;

  @Option(
      names = "--prefix",
      paramLabel = "P",
      description =
          "Prefix of every parameter's name. Default: _orig_mod.model.inner., as in compiled models.")
  private @Nullable String prefix;

  @Option(
      names = "--forward-dtype",
      paramLabel = "T",
      description =
          "Type of the start vectors in a torch file: bfloat16 or float32, like the published setting. Default: as imported.")
  private @Nullable String forwardDtype;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExportCommand() {}

  @Override
  public void run() {
    if (prefix != null && format == Format.ONNX) {
      throw new CheckpointException("export: --prefix has no effect with --format onnx");
    }
    if (forwardDtype != null && format != Format.TORCH) {
      throw new CheckpointException(
          "export: --forward-dtype has no effect with --format " + format);
    }
    if (Files.exists(out)) {
      throw new CheckpointException("%s: exists already; choose another name".formatted(out));
    }
    SavedModel saved = ModelFiles.read(model);
    String names = prefix == null ? CheckpointExport.PUBLISHED_PREFIX : prefix;
    switch (format) {
      case TORCH ->
          CheckpointExport.torch(saved, out, names, forwardDtype == null ? "" : forwardDtype);
      case SAFETENSORS -> CheckpointExport.safetensors(saved, out, names);
      case ONNX -> CheckpointExport.onnx(saved, out);
    }
    String origin = saved.metadata().getOrDefault(CheckpointImport.FILE, "");
    new Console(spec.commandLine().getOut())
        .line(
            "%s%s written%s"
                .formatted(
                    out,
                    format == Format.ONNX ? "" : " and %s.yaml".formatted(out.getFileName()),
                    origin.isEmpty() ? "" : "; the model was imported from " + origin));
  }
}
