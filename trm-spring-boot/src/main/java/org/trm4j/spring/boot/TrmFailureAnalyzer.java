package org.trm4j.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.trm4j.error.TrmException;
import org.trm4j.plugin.PluginException;

/**
 * A model that cannot be opened ends the start with the library's one-line message, without a stack
 * trace.
 */
final class TrmFailureAnalyzer extends AbstractFailureAnalyzer<TrmException> {
  TrmFailureAnalyzer() {}

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, TrmException cause) {
    String action =
        cause instanceof PluginException
            ? "Add the artifact that the description names, or correct trm.backend."
            : "Correct trm.model or trm.models: a run folder, a model file, a resource, or the name"
                + " of a model whose artifact (org.trm4j:trm-model-NAME) is on the class path.";
    return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
  }
}
