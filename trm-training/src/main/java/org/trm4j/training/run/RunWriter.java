package org.trm4j.training.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.identity.IdentifierNames;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunCounters;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.checkpoint.RunIdentity;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.slots.TrainingSlots;

/** Saves the state, the last model and the best model of a run. */
final class RunWriter {
  private final @Nullable RunFolder folder;
  private final RunIdentity identity;
  private final ModelDescription description;
  private final Plan plan;
  private @Nullable SavedModel last;
  private @Nullable SavedModel best;

  /** Writes to a folder; where there is none, keeps the models in memory. */
  RunWriter(
      @Nullable RunFolder folder, RunIdentity identity, ModelDescription description, Plan plan) {
    this.folder = folder;
    this.identity = identity;
    this.description = description;
    this.plan = plan;
  }

  /** Returns the names of the tasks, where the model has rows of their own for them. */
  static IdentifierNames names(TrainingConfig config, Dataset dataset) {
    return IdentifierNames.of(
        config.model().puzzleEmbDim() > 0 && dataset.puzzleIdentifiers() > 1
            ? dataset.identifierNames()
            : List.of());
  }

  /**
   * Writes the state and the last model; a state that is not finite is never written, and the first
   * whose loss has risen only beside the one before.
   */
  void save(
      RunCounters counters,
      TrainingSession session,
      TrainingSlots slots,
      Divergence divergence,
      Supplier<String> advice) {
    // A puzzle table may be large, so both files are written without a copy of it.
    ParameterSet parameters = parameters(session);
    ResumeState state = ResumeState.of(counters, identity, plan, parameters, session, slots);
    state.checkFinite(advice);
    SavedModel model = model(parameters, session, counters.step(), counters.examples());
    if (folder == null) {
      last = model;
      return;
    }
    if (divergence.rises()) {
      folder.keepBeforeRise();
    }
    state.write(folder.resumeFile());
    if (!divergence.risen()) {
      folder.forgetBeforeRise();
    }
    divergence.saved();
    ModelFiles.write(folder.modelFile(), model);
  }

  /** Writes the best model with additional metadata. */
  void keep(SavedModel model, Map<String, String> more) {
    Map<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.putAll(more);
    SavedModel described = new SavedModel(model.description(), model.parameters(), metadata);
    if (folder == null) {
      best = described;
    } else {
      ModelFiles.write(folder.bestFile(), described);
    }
  }

  /** Returns the last model that was saved; null if none was. */
  @Nullable SavedModel last() {
    return folder == null ? last : read(folder.modelFile());
  }

  /** Returns the best model that was kept; null if none was. */
  @Nullable SavedModel best() {
    return folder == null ? best : read(folder.bestFile());
  }

  private static @Nullable SavedModel read(Path file) {
    return Files.exists(file) ? ModelFiles.read(file) : null;
  }

  /**
   * Returns the model with averaged weights where there are averages; for use before the session
   * goes on.
   */
  SavedModel model(TrainingSession session, long step, long examples) {
    return model(parameters(session), session, step, examples);
  }

  /** Memory keeps a copy, because the session continues with its own values. */
  private ParameterSet parameters(TrainingSession session) {
    return folder == null ? session.parameters() : session.parametersInPlace();
  }

  private SavedModel model(
      ParameterSet parameters, TrainingSession session, long step, long examples) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.tensors());
    tensors.putAll(session.averages().tensors());
    return new SavedModel(
        description, new ParameterSet(tensors), identity.metadata(step, examples));
  }
}
