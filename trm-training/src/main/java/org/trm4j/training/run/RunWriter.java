package org.trm4j.training.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.checkpoint.ModelFiles;
import org.trm4j.checkpoint.SavedModel;
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

/** Writes what a run leaves: its state, its last model and its best. */
final class RunWriter {
  private final RunFolder folder;
  private final RunIdentity identity;
  private final ModelDescription description;
  private final Plan plan;

  RunWriter(RunFolder folder, RunIdentity identity, ModelDescription description, Plan plan) {
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

  /** Writes the state and the last model; a state that is not finite is never written. */
  void save(RunCounters counters, TrainingSession session, TrainingSlots slots, String advice) {
    // A puzzle table may be large: it is copied once, for both files.
    ParameterSet parameters = session.parameters();
    ResumeState state = ResumeState.of(counters, identity, plan, parameters, session, slots);
    state.checkFinite(advice);
    state.write(folder.resumeFile());
    ModelFiles.write(
        folder.modelFile(), model(parameters, session, counters.step(), counters.examples()));
  }

  /** Writes the best model, with what its metadata shall say besides. */
  void keep(SavedModel model, Map<String, String> more) {
    Map<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.putAll(more);
    ModelFiles.write(
        folder.bestFile(), new SavedModel(model.description(), model.parameters(), metadata));
  }

  /** Returns the model with averaged weights where there are averages. */
  SavedModel model(TrainingSession session, long step, long examples) {
    return model(session.parameters(), session, step, examples);
  }

  private SavedModel model(
      ParameterSet parameters, TrainingSession session, long step, long examples) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.tensors());
    tensors.putAll(session.averages().tensors());
    return new SavedModel(
        description, new ParameterSet(tensors), identity.metadata(step, examples));
  }
}
