package org.trm4j.spring.boot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.trm4j.Trm;
import org.trm4j.TrmModel;

/** Names the property that creates the model an application needs. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingModelAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {
  MissingModelAnalyzer() {}

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, NoSuchBeanDefinitionException cause) {
    if (cause.getNumberOfBeansFound() != 0 || !TrmModel.class.equals(cause.getBeanType())) {
      return null;
    }
    List<String> names =
        Trm.standard().models().stream().map(model -> model.description().name()).toList();
    return new FailureAnalysis(
        "There is no TrmModel bean: neither trm.model nor trm.models is set.",
        "Set trm.model to a run folder, a model file, a resource, or "
            + (names.isEmpty()
                ? "the name of a model in the box; none is on the class path"
                    + " (org.trm4j:trm-model-NAME)."
                : "one of the models on the class path: %s.".formatted(String.join(", ", names))),
        cause);
  }
}
