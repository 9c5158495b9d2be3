package org.trm4j.training.ablation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;

/**
 * A recursion policy in an ablation.
 *
 * @param title as the user wrote it
 * @param settings policy and arguments
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Contender(String title, TrainingConfig.Recursion settings) {
  private static final Pattern FORM =
      Pattern.compile("([^()]+?)(?:\\(((?:\\w+=[\\d.]{1,10})(?:;\\w+=[\\d.]{1,10})*)\\))?");

  /**
   * Reads {@code id} or {@code id(T=2;n=1)}. Arguments that are not given come from {@code shared}
   * where the policy has one of that name, else they have their default.
   */
  public static Contender parse(String text, Map<String, Number> shared) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TrainingException(
          "recursion policy %s: expected id or id(name=value;name=value)".formatted(text));
    }
    String id = matcher.group(1).strip();
    Set<String> known =
        Trm.standard().plugins().recursionPolicies().get(id).defaults().values().keySet();
    Map<String, Number> arguments = new LinkedHashMap<>(shared);
    arguments.keySet().retainAll(known);
    if (matcher.group(2) != null) {
      for (String pair : matcher.group(2).split(";")) {
        int equals = pair.indexOf('=');
        arguments.put(pair.substring(0, equals), number(text, pair.substring(equals + 1)));
      }
    }
    Trm.standard().program(id, arguments);
    return new Contender(text.strip(), new TrainingConfig.Recursion(id, arguments));
  }

  private static Number number(String text, String value) {
    try {
      if (value.indexOf('.') >= 0) {
        return Double.valueOf(value);
      }
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      throw new TrainingException(
          "recursion policy %s: %s is not a number".formatted(text, value), e);
    }
  }

  /** Returns the program. */
  public RecursionProgram program() {
    return Trm.standard().program(settings.policy(), settings.arguments());
  }
}
