package org.trm4j.training.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.training.checkpoint.ResumeState;

/**
 * The start of a trainer.
 *
 * @param trm whose plug-ins the run uses
 * @param description of the model that is trained
 * @param state of the resumed run; null for a new one
 * @param model the model with which a new run starts; null for random parameters
 * @param notes remarks for the user
 * @param rewound whether the folder's model is of a later step than the state
 */
record Beginning(
    Trm trm,
    ModelDescription description,
    @Nullable ResumeState state,
    WarmStart.@Nullable StartingValues model,
    List<String> notes,
    boolean rewound) {}
