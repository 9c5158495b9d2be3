package org.trm4j.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.jfr.BackendChoiceRecord;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.plugin.PluginRegistry.PluginSet;

/** Chooses and opens a backend. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Backends {
  /**
   * The choice that takes the available backend with the highest priority, of those that multiply
   * in single precision.
   */
  public static final String AUTO = "auto";

  private static final System.Logger LOG = System.getLogger(Backends.class.getName());

  /** What was logged already, so that a host that opens many models gets each line once. */
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Backends() {}

  /**
   * Opens a backend.
   *
   * @param id of it, or {@link #AUTO}
   * @param precision that it must multiply in; null for single precision where {@link #AUTO}
   *     chooses, and for any where it is named
   */
  public static Backend open(
      PluginRegistry plugins, String id, @Nullable String precision, BackendOptions options) {
    if (!id.equals(AUTO)) {
      BackendProvider provider = plugins.backends().get(id);
      if (precision != null && !provider.precision().equals(precision)) {
        throw new PluginException(
            "backend %s: multiplies in %s, expected %s"
                .formatted(id, provider.precision(), precision));
      }
      return open(plugins, id, options);
    }
    if (!options.device().isEmpty()) {
      throw new PluginException(
          "backend auto: device %s, expected none, or the id of the backend that has it"
              .formatted(options.device()));
    }
    return openBest(
        plugins,
        precision == null ? BackendProvider.SINGLE_PRECISION : precision,
        options.threads());
  }

  /** Opens the backend with that id. */
  public static Backend open(PluginRegistry plugins, String id, BackendOptions options) {
    BackendProvider provider = plugins.backends().get(id);
    if (provider.availability()
        instanceof BackendProvider.Availability.Unavailable(String reason, String fix)) {
      throw new PluginException("backend %s: not available: %s; %s".formatted(id, reason, fix));
    }
    return open(provider, options, List.of());
  }

  private static Backend openBest(PluginRegistry plugins, String precision, int threads) {
    PluginSet<BackendProvider> found = plugins.backends();
    List<String> passedOver = new ArrayList<>(found.unusable());
    List<BackendProvider> slow = new ArrayList<>();
    for (BackendProvider provider :
        found.usable().values().stream()
            .filter(provider -> provider.precision().equals(precision))
            .sorted(Comparator.comparingInt(BackendProvider::priority).reversed())
            .toList()) {
      switch (provider.availability()) {
        case BackendProvider.Availability.Available available -> {
          return open(provider, threads, passedOver);
        }
        case BackendProvider.Availability.Impaired(String detail, String reason, String fix) -> {
          slow.add(provider);
          passedOver.add("%s: %s; %s".formatted(provider.id(), reason, fix));
        }
        case BackendProvider.Availability.Unavailable(String reason, String fix) ->
            passedOver.add("%s: %s; %s".formatted(provider.id(), reason, fix));
      }
    }
    if (!slow.isEmpty()) {
      return open(slow.getFirst(), threads, passedOver);
    }
    throw new PluginException(
        "no backend can be used%s; "
                .formatted(
                    precision.equals(BackendProvider.SINGLE_PRECISION)
                        ? ""
                        : " with precision " + precision)
            + (passedOver.isEmpty()
                ? missing(plugins, precision)
                : "found: " + String.join("; ", passedOver)));
  }

  private static String missing(PluginRegistry plugins, String precision) {
    List<String> known =
        plugins.backends().usable().values().stream()
            .map(BackendProvider::precision)
            .distinct()
            .sorted()
            .toList();
    return known.isEmpty()
        ? "none is on the class path: add org.trm4j:trm-backend-cpu"
        : "no backend multiplies in %s, expected one of %s".formatted(precision, known);
  }

  private static Backend open(BackendProvider provider, int threads, List<String> passedOver) {
    for (String line : passedOver) {
      boolean itself = line.startsWith(provider.id() + ":");
      String said =
          itself ? "slow backend " + line : "using backend " + provider.id() + ", not " + line;
      if (SAID.add(said)) {
        LOG.log(System.Logger.Level.WARNING, said);
      }
    }
    return open(provider, BackendOptions.DEFAULT.withThreads(threads), passedOver);
  }

  private static Backend open(
      BackendProvider provider, BackendOptions options, List<String> passedOver) {
    BackendChoiceRecord event = new BackendChoiceRecord();
    Backend backend = provider.open(options);
    event.opened(provider.id(), backend.device(), String.join("; ", passedOver));
    return backend;
  }
}
