package org.trm4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A documented command at a size that takes seconds, in a folder of its own: fewer puzzles, steps
 * and seeds; what it writes goes into that folder, and what it reads comes from there or from the
 * checkout.
 */
final class ReducedCommand {
  private static final Pattern COUNT = Pattern.compile("\\b(train|test)=(\\d+)");
  private static final Map<String, Integer> MOST = Map.of("train", 64, "test", 8);
  private static final Set<String> WRITTEN = Set.of("--out", "--svg", "--png");

  private static final Set<String> GROUPS = Set.of("data", "models");

  private final Path root;
  private final Path folder;

  ReducedCommand(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Returns the arguments of {@code trm}. */
  List<String> of(List<String> documented) {
    List<String> words = new ArrayList<>();
    for (int i = 1; i < documented.size(); i++) {
      String word = fewer(documented.get(i));
      boolean written = WRITTEN.contains(documented.get(i - 1));
      boolean command = i == 1 || i == 2 && GROUPS.contains(documented.get(1));
      words.add(command ? word : written ? folder.resolve(word).toString() : place(word));
    }
    switch (words.getFirst()) {
      case "train" -> {
        put(words, "--steps", "2");
        words.addAll(List.of("--set", "run.batch=8", "--set", "run.evaluatePuzzles=4"));
      }
      case "demo" -> {
        put(words, "--out", folder.resolve("runs/demo").toString());
        put(words, "--puzzles", "10");
        words.addAll(List.of("--set", "run.steps=2", "--set", "run.batch=8"));
        words.addAll(List.of("--set", "run.evaluateEvery=-1"));
      }
      case "ablate" -> {
        put(words, "--budget", "2");
        put(words, "--seeds", "1");
        words.addAll(List.of("--set", "run.batch=8"));
      }
      case "bench" -> {
        put(words, "--batch", "1");
        put(words, "--runs", "1");
      }
      case "curve" -> {
        put(words, "--steps", "2");
        put(words, "--attempts", "1,2");
        put(words, "--seeds", "1");
      }
      default -> {}
    }
    return words;
  }

  private static String fewer(String word) {
    Matcher count = COUNT.matcher(word);
    return count.replaceAll(found ->
        found.group(1)
            + "="
            + Math.min(Integer.parseInt(found.group(2)), MOST.get(found.group(1))));
  }

  /** What an earlier command wrote comes first, then what lies in the checkout. */
  private String place(String word) {
    if (word.startsWith("-") || word.contains(":") || word.contains("=")) {
      return word;
    }
    for (Path place : List.of(folder, root)) {
      if (Files.exists(place.resolve(word))) {
        return place.resolve(word).toString();
      }
    }
    return word;
  }

  private static void put(List<String> words, String option, String value) {
    int at = words.indexOf(option);
    if (at < 0) {
      words.add(option);
      words.add(value);
    } else {
      words.set(at + 1, value);
    }
  }
}
