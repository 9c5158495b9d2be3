package org.trm4j.server.catalog;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.frontend.PuzzleText;

/** The models that are served. */
@Component
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ModelCatalog {
  /** The name of the model of {@code trm.model}, which has no other name. */
  private static final String UNNAMED = "default";

  private final SortedMap<String, ServedModel> models = new TreeMap<>();
  private final SortedMap<String, PuzzleDomain> domains = new TreeMap<>();
  private final Trm trm;

  /** Collects all models of the application, by bean name. */
  public ModelCatalog(Map<String, TrmModel> beans, Trm trm) {
    this.trm = trm;
    beans.forEach((bean, model) -> {
      String name = bean.equals("trmModel") ? UNNAMED : bean;
      models.put(name, new ServedModel(name, model, trm));
      model.domain().ifPresent(domain -> domains.put(name, domain));
    });
  }

  /** Returns all models, by name. */
  public Collection<ServedModel> all() {
    return models.values();
  }

  /**
   * Returns the model with that name.
   *
   * @throws ModelNotFoundException if there is none
   */
  public ServedModel get(String name) {
    ServedModel model = models.get(name);
    if (model == null) {
      throw new ModelNotFoundException(
          "model '%s' is not served; there: %s"
              .formatted(name, String.join(", ", models.keySet())));
    }
    return model;
  }

  /**
   * Returns the model with that name, or the one that reads the puzzle.
   *
   * @param name null for any
   * @throws ModelNotFoundException if no model has that name
   * @throws InvalidPuzzleException if no model reads the puzzle
   */
  public ServedModel choose(@Nullable String name, String puzzle) {
    if (name != null) {
      return get(name);
    }
    return get(PuzzleText.model(trm, domains, puzzle));
  }
}
