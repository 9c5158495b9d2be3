package org.trm4j.training.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.checkpoint.ModelFiles;
import org.trm4j.checkpoint.SavedModel;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunCounters;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.checkpoint.RunIdentity;
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

  /** Writes the state and the last model; a state that is not finite is never written. */
  void save(RunCounters counters, TrainingSession session, TrainingSlots slots, String advice) {
    ResumeState state =
        ResumeState.of(counters, identity, plan, session.parameters(), session, slots);
    state.checkFinite(advice);
    state.write(folder.resumeFile());
    ModelFiles.write(
        folder.modelFile(), model(session, counters.step(), counters.examples(), Map.of()));
  }

  /** Writes the best model. */
  void keep(SavedModel model) {
    ModelFiles.write(folder.bestFile(), model);
  }

  /** Returns the model with averaged weights where there are averages. */
  SavedModel model(TrainingSession session, long step, long examples, Map<String, String> more) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(session.parameters().tensors());
    tensors.putAll(session.averages().tensors());
    Map<String, String> metadata = new TreeMap<>(identity.metadata(step, examples));
    metadata.putAll(more);
    return new SavedModel(description, new ParameterSet(tensors), metadata);
  }
}
