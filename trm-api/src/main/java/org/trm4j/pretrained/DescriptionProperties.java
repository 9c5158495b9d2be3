package org.trm4j.pretrained;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.trm4j.checkpoint.content.FormatVersion;

/** The text form of a description: a properties file in UTF-8, the same bytes each time. */
final class DescriptionProperties {
  /** Goes up when an older version could not read, or would misread, what is written. */
  private static final int FORMAT = 2;

  /** What an older version reads: results of one attempt each. */
  private static final int ONE_ATTEMPT = 1;

  private static final String DOMAIN = "domain.";
  private static final String RESULTS = "results";
  private static final String RESULT = "result.";
  private static final String ATTEMPTS = ".attempts";

  private DescriptionProperties() {}

  static String write(PretrainedDescription description) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(
        "format",
        description.results().stream().allMatch(result -> result.attempts() == 1)
            ? ONE_ATTEMPT
            : FORMAT);
    values.put("name", description.name());
    values.put("version", description.version());
    values.put("sha256", description.sha256());
    values.put("bytes", description.bytes());
    values.put("parameters", description.parameters());
    values.put("licence", description.licence());
    values.put("commit", description.commit());
    values.put("training", description.training());
    values.put("domain", description.domain());
    description.domainOptions().forEach((key, value) -> values.put(DOMAIN + key, value));
    values.put(RESULTS, String.join(",", description.results().stream().map(r -> r.id()).toList()));
    for (PretrainedDescription.Result result : description.results()) {
      values.put(RESULT + result.id() + ".data", result.data());
      if (result.attempts() > 1) {
        values.put(RESULT + result.id() + ATTEMPTS, result.attempts());
      }
      values.put(RESULT + result.id() + ".puzzles", result.puzzles());
      values.put(RESULT + result.id() + ".solved", result.solved());
    }
    StringBuilder out = new StringBuilder();
    values.forEach((key, value) -> {
      String text = String.valueOf(value);
      if (text.contains("\\") || text.lines().count() > 1 || !text.equals(text.strip())) {
        throw new IllegalArgumentException(
            "%s: '%s', expected one line without a backslash".formatted(key, text));
      }
      out.append(key).append('=').append(text).append('\n');
    });
    return out.toString();
  }

  /** Reads a description; throws {@link IllegalArgumentException} that names the key. */
  static PretrainedDescription read(String text) {
    Properties values = new Properties();
    try (Reader in = new StringReader(text)) {
      values.load(in);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    FormatVersion.check("model.properties", number(values, "format"), FORMAT);
    Map<String, String> options = new TreeMap<>();
    for (String key : values.stringPropertyNames()) {
      if (key.startsWith(DOMAIN)) {
        options.put(key.substring(DOMAIN.length()), text(values, key));
      }
    }
    List<PretrainedDescription.Result> results = new ArrayList<>();
    for (String id : text(values, RESULTS).split(",", -1)) {
      results.add(
          new PretrainedDescription.Result(
              id,
              text(values, RESULT + id + ".data"),
              values.containsKey(RESULT + id + ATTEMPTS)
                  ? Math.toIntExact(number(values, RESULT + id + ATTEMPTS))
                  : 1,
              Math.toIntExact(number(values, RESULT + id + ".puzzles")),
              Math.toIntExact(number(values, RESULT + id + ".solved"))));
    }
    return new PretrainedDescription(
        new PretrainedDescription.Values(
            text(values, "name"),
            text(values, "version"),
            text(values, "sha256"),
            number(values, "bytes"),
            number(values, "parameters"),
            text(values, "licence"),
            text(values, "commit"),
            text(values, "training"),
            text(values, "domain"),
            options,
            results));
  }

  private static String text(Properties values, String key) {
    String value = values.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("%s: missing".formatted(key));
    }
    return value;
  }

  private static long number(Properties values, String key) {
    String value = text(values, key);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: '%s', expected a whole number".formatted(key, value), e);
    }
  }
}
