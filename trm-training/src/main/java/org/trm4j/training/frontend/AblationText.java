package org.trm4j.training.frontend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.training.TrainingException;
import org.trm4j.training.ablation.Budget;
import org.trm4j.training.ablation.Contender;
import org.trm4j.training.config.TrainingConfig;

/** What an ablation compares, and for how long, as a person writes it on a command line. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class AblationText {
  private static final Pattern FORM =
      Pattern.compile("([^()]+?)(?:\\(((?:\\w+=[\\d.]{1,10})(?:;\\w+=[\\d.]{1,10})*)\\))?");

  private AblationText() {}

  /**
   * Reads a recursion policy: {@code id} or {@code id(T=2;n=1)}. Arguments that are not given come
   * from {@code shared} where the policy has one of that name, else they have their default.
   */
  public static Contender contender(String text, Map<String, Number> shared) {
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

  /** Reads a budget: {@code 300} or {@code 300steps}, or {@code 40TFLOP}. */
  public static Budget budget(String text) {
    Matcher matcher =
        Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(steps|tflop)?", Pattern.CASE_INSENSITIVE)
            .matcher(text.strip());
    boolean compute = matcher.matches() && "tflop".equalsIgnoreCase(matcher.group(2));
    if (!matcher.matches()
        || Double.parseDouble(matcher.group(1)) <= 0
        || (!compute && matcher.group(1).contains("."))) {
      throw new TrainingException(
          "budget %s: expected a number of steps, such as 300, or of operations, such as 40TFLOP"
              .formatted(text));
    }
    return compute
        ? new Budget.Compute(Double.parseDouble(matcher.group(1)))
        : new Budget.Steps(Long.parseLong(matcher.group(1)));
  }
}
