package org.trm4j.server.problem;

import java.util.stream.Collectors;
import org.apiguardian.api.API;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Describes what is wrong with a body, without class names. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class BodyFailure {
  private BodyFailure() {}

  /** Returns one line that names the field. */
  public static String detail(JacksonException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown ->
          "body: no field '%s'; there: %s"
              .formatted(
                  unknown.getPropertyName(),
                  unknown.getKnownPropertyIds() == null
                      ? "none"
                      : unknown.getKnownPropertyIds().stream()
                          .map(String::valueOf)
                          .sorted()
                          .collect(Collectors.joining(", ")));
      case DatabindException wrong ->
          "body: %s is of another type than expected; /openapi describes it"
              .formatted(
                  wrong.getPath().isEmpty()
                      ? "the whole"
                      : "'%s'"
                          .formatted(
                              wrong.getPath().stream()
                                  .map(part ->
                                      part.getPropertyName() == null
                                          ? "[" + part.getIndex() + "]"
                                          : part.getPropertyName())
                                  .collect(Collectors.joining("."))));
      default -> "body: no JSON: " + failure.getOriginalMessage();
    };
  }
}
