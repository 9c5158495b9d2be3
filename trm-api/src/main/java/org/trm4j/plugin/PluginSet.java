package org.trm4j.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * The plug-ins of one kind.
 *
 * @param kind for messages, such as {@code backend}
 * @param usable by id
 * @param unusable one line each: what it is and why it cannot be used
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record PluginSet<T>(String kind, Map<String, T> usable, List<String> unusable) {
  /** Copies both. */
  public PluginSet {
    usable = Collections.unmodifiableMap(new LinkedHashMap<>(usable));
    unusable = List.copyOf(unusable);
  }

  /** Returns the plug-in with that id; throws {@link PluginException} that says what there is. */
  public T get(String id) {
    T plugin = usable.get(id);
    if (plugin == null) {
      throw new PluginException(
          "unknown %s %s; found: %s%s"
              .formatted(
                  kind,
                  id,
                  usable.isEmpty() ? "none" : String.join(", ", usable.keySet()),
                  unusable.isEmpty() ? "" : "; not usable: " + String.join("; ", unusable)));
    }
    return plugin;
  }
}
