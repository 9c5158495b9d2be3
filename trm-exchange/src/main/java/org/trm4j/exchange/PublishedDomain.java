package org.trm4j.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trm4j.Trm;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.PuzzleDomain;

/** The puzzle domain of a checkpoint: given by the user, or derived from the paths of its data. */
final class PublishedDomain {
  private static final String KEY = "domain";
  private static final String MEANING =
      "the puzzles, such as sudoku:size=9, maze:size=30 or arc; none for others";

  private static final Pattern SQUARE = Pattern.compile("\\b([0-9]{1,3})x\\1\\b");

  private final PublishedSettings settings;
  private final Questions questions;
  private final List<String> notes;
  private String id = "";
  private Map<String, String> options = Map.of();
  private int seqLen;

  PublishedDomain(PublishedSettings settings, Questions questions, List<String> notes) {
    this.settings = settings;
    this.questions = questions;
    this.notes = notes;
  }

  String id() {
    return id;
  }

  Map<String, String> options() {
    return options;
  }

  /** Returns S of the domain; 0 if there is no domain. */
  int seqLen() {
    return seqLen;
  }

  /**
   * Finds it.
   *
   * @param tokens S, or null if unknown
   * @param vocabulary V
   */
  PublishedDomain find(@Nullable Integer tokens, int vocabulary) {
    String given = settings.find(KEY, KEY);
    if (given != null) {
      given(given, tokens, vocabulary);
      return this;
    }
    String data = settings.data().toLowerCase(Locale.ROOT);
    String hint = hint(data);
    Map<String, String> found = options(hint, data, tokens, vocabulary);
    if (Trm.standard().plugins().datasets().usable().containsKey(hint)
        && found != null
        && take(hint, found, tokens, vocabulary).isEmpty()) {
      notes.add("domain: %s %s, which the data's path names".formatted(hint, found));
    } else {
      questions.ask(KEY, MEANING);
    }
    return this;
  }

  /** Returns the options that follow from the sizes, or null if none do. */
  private static @Nullable Map<String, String> options(
      String hint, String data, @Nullable Integer tokens, int vocabulary) {
    if (hint.equals("arc")) {
      return Map.of();
    }
    if (tokens != null) {
      return Map.of("size", String.valueOf(Math.round(Math.sqrt(tokens))));
    }
    if (hint.equals("sudoku")) {
      // Tokens for padding, the empty cell, and each digit.
      return Map.of("size", String.valueOf(vocabulary - 2));
    }
    Matcher size = SQUARE.matcher(data);
    return size.find() ? Map.of("size", size.group(1)) : null;
  }

  private static String hint(String data) {
    for (String domain : List.of("sudoku", "maze", "arc")) {
      if (data.matches("(?s).*\\b%s.*".formatted(domain))) {
        return domain;
      }
    }
    return "";
  }

  private void given(String text, @Nullable Integer tokens, int vocabulary) {
    if (text.equals("none")) {
      return;
    }
    int colon = text.indexOf(':');
    Map<String, String> values = new LinkedHashMap<>();
    if (colon > 0) {
      for (String pair : text.substring(colon + 1).split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new CheckpointException(
              "domain %s: '%s', expected key=value".formatted(text, pair));
        }
        values.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    String problem = take(colon < 0 ? text : text.substring(0, colon), values, tokens, vocabulary);
    if (!problem.isEmpty()) {
      throw new CheckpointException("domain %s: %s".formatted(text, problem));
    }
  }

  /** Accepts a domain that fits; otherwise returns what does not fit. */
  private String take(
      String domain, Map<String, String> values, @Nullable Integer tokens, int vocabulary) {
    PuzzleDomain made;
    try {
      made = Trm.standard().plugins().datasets().get(domain).domain(values);
    } catch (DatasetException e) {
      return String.valueOf(e.getMessage());
    }
    if (made.vocabSize() != vocabulary || (tokens != null && made.seqLen() != tokens)) {
      return "has puzzles of %s tokens of %s kinds, expected %s of %s as the model has"
          .formatted(
              made.seqLen(), made.vocabSize(), tokens == null ? "any number" : tokens, vocabulary);
    }
    id = made.id();
    options = made.options();
    seqLen = made.seqLen();
    return "";
  }
}
