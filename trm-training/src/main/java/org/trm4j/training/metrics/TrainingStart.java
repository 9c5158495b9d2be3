package org.trm4j.training.metrics;

import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.training.config.TrainingConfig;

/**
 * What a run starts with.
 *
 * @param config the configuration
 * @param description of the model
 * @param trainedParameters values that the dense optimizer trains
 * @param folder the run folder; null for a run that is in memory alone
 * @param device what it runs on
 * @param notes what a person should know, such as parts of a warm start that do not fit
 * @param firstStep 1, or the first step after the checkpoint of a resumed run
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TrainingStart(
    TrainingConfig config,
    ModelDescription description,
    long trainedParameters,
    @Nullable Path folder,
    String device,
    List<String> notes,
    long firstStep) {}
