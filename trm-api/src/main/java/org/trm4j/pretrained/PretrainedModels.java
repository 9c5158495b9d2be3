package org.trm4j.pretrained;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.plugin.Datasets;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.plugin.PluginSet;
import org.trm4j.plugin.Plugins;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The models in the box: those whose artifacts are on the class path or module path. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PretrainedModels {
  private PretrainedModels() {}

  /** Returns all, by name. */
  public static List<PretrainedModel> all() {
    List<PretrainedModel> found = new ArrayList<>();
    for (PretrainedModelProvider provider : Plugins.pretrainedModels().usable().values()) {
      found.add(PretrainedModel.of(provider));
    }
    found.sort(Comparator.comparing(model -> model.description().name()));
    return found;
  }

  /** Returns the model of that name; throws {@link PluginException} that says what there is. */
  public static PretrainedModel get(String name) {
    return get(PluginRegistry.standard(), name);
  }

  /** Returns the model of that name among these plug-ins. */
  public static PretrainedModel get(PluginRegistry plugins, String name) {
    PluginSet<PretrainedModelProvider> found = plugins.pretrainedModels();
    if (found.usable().isEmpty() && found.unusable().isEmpty()) {
      throw new PluginException(
          "pretrained model %s: no model is on the class path; add its artifact, org.trm4j:trm-model-%s"
              .formatted(name, name));
    }
    return PretrainedModel.of(found.get(name));
  }

  /**
   * Returns the name of the first of these models that reads a puzzle, as a person types or pastes
   * it.
   *
   * @param domains of the models, by name
   * @throws InvalidPuzzleException where none does: what the one of this size finds wrong with the
   *     puzzle, or else which sizes there are
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static String choose(Map<String, PuzzleDomain> domains, String puzzle) {
    InvalidPuzzleException refusal = null;
    List<String> forms = new ArrayList<>();
    int cells = puzzle.replaceAll("\\s", "").length();
    for (Map.Entry<String, PuzzleDomain> candidate : domains.entrySet()) {
      PuzzleDomain domain = candidate.getValue();
      String question = Datasets.question(domain, puzzle);
      try {
        domain.codec().encode(question);
        return candidate.getKey();
      } catch (InvalidPuzzleException e) {
        forms.add("%s (%s characters)".formatted(candidate.getKey(), domain.seqLen()));
        if (domain.seqLen() == question.replaceAll("\\s", "").length()) {
          refusal = e;
        }
      }
    }
    throw refusal != null
        ? refusal
        : new InvalidPuzzleException(
            "puzzle of %s characters: no model takes it; there: %s"
                .formatted(cells, forms.isEmpty() ? "none" : String.join(", ", forms)));
  }
}
