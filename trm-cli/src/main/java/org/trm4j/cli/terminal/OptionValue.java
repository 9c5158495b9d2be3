package org.trm4j.cli.terminal;

import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.trm4j.plugin.PluginException;

/** What a plug-in makes of an option's value: its refusal names the option too. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class OptionValue {
  private OptionValue() {}

  /**
   * Returns what is made of the value.
   *
   * @param option its name, such as {@code --halt}
   */
  public static <T> T of(String option, Supplier<T> made) {
    try {
      return made.get();
    } catch (PluginException e) {
      PluginException named = new PluginException(option + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }
}
