package org.trm4j.datasets.io.json;

import org.apiguardian.api.API;
import org.trm4j.plugin.PluginException;
import tools.jackson.databind.json.JsonMapper;

/** Jackson as this library uses it. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Json {
  private Json() {}

  /**
   * Returns the mapper.
   *
   * @throws PluginException if Jackson cannot run: dependency management of other products, such as
   *     Spring Boot 3.5, lowers jackson-annotations, which both generations of Jackson share, below
   *     what Jackson 3 needs
   */
  public static JsonMapper mapper() {
    try {
      return JsonMapper.shared();
    } catch (LinkageError e) {
      throw new PluginException(
          "JSON: Jackson 3 does not run with the jackson-annotations on the class path (%s); manage com.fasterxml.jackson.core:jackson-annotations to 2.22 or later"
              .formatted(e));
    }
  }
}
