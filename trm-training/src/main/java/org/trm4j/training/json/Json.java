package org.trm4j.training.json;

import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.trm4j.plugin.PluginException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Mappers, or one line where Jackson cannot run: dependency management of other products, such as
 * Spring Boot 3.5, lowers jackson-annotations, which both generations of Jackson share, below what
 * Jackson 3 needs.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Json {
  private Json() {}

  /** Made at its first use, so that a failure is reported by {@link #made}. */
  private static final class Strict {
    static final JsonMapper MAPPER =
        JsonMapper.builder().enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build();
  }

  /**
   * Returns the mapper of all that has no settings of its own. An object without properties is an
   * error, not <code>{}</code>. Throws {@link PluginException}.
   */
  public static JsonMapper mapper() {
    return made(() -> Strict.MAPPER);
  }

  /** Returns a mapper with settings of its own; throws {@link PluginException}. */
  public static JsonMapper made(Supplier<JsonMapper> how) {
    try {
      return how.get();
    } catch (LinkageError e) {
      throw new PluginException(
          "JSON: Jackson 3 does not run with the jackson-annotations on the class path (%s); manage com.fasterxml.jackson.core:jackson-annotations to 2.22 or later"
              .formatted(e));
    }
  }
}
