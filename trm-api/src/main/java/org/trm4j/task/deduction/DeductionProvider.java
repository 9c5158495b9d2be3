package org.trm4j.task.deduction;

import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.plugin.PluginException;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.task.spi.Transition;
import org.trm4j.task.spi.TransitionProvider;

/** Makes the transition of deduction. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class DeductionProvider implements TransitionProvider {
  static final String ID = "deduction";

  /** Called by the service loader. */
  public DeductionProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "sets of possible values lose what the model would not keep, then one open cell is decided";
  }

  @Override
  public PolicyArguments defaults() {
    return SearchRule.NONE.beside(DeductionRule.PUBLISHED.beside(new PolicyArguments(Map.of())));
  }

  @Override
  public Transition transition(
      PolicyArguments arguments, ModelConfig config, @Nullable PuzzleDomain domain) {
    if (domain == null) {
      throw new PluginException(
          "transition deduction: needs a puzzle domain that says which values a cell may have, this model has none");
    }
    DeductionRule rule = DeductionRule.of(arguments);
    DeductionTransition single = new DeductionTransition(rule, domain.codec(), config.vocabSize());
    SearchRule search = SearchRule.of(arguments, rule);
    return search.frontier() == 0
        ? single
        : new SearchTransition(rule, search, single, config.vocabSize());
  }
}
