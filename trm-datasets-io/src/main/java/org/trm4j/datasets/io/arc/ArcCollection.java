package org.trm4j.datasets.io.arc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trm4j.datasets.arc.ArcTask;

/**
 * The tasks of several subsets. Names are keys of models and submissions, so two different tasks
 * never share one: of those that do, the later gets its subset or a number before the name.
 */
final class ArcCollection {
  private final List<ArcTask> tasks = new ArrayList<>();
  private final Set<Integer> tested = new HashSet<>();
  private final Map<String, ArcTask> byName = new HashMap<>();
  private final Set<String> testedNames = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  void add(String subset, List<ArcTask> added, boolean test) {
    int renamed = 0;
    int again = 0;
    for (ArcTask task : added) {
      ArcTask named = task;
      ArcTask known = byName.get(named.name());
      for (int number = 1; known != null && !same(known, named); number++) {
        String name = (number == 1 ? subset : subset + number) + "/" + task.name();
        named = new ArcTask(name, task.train(), task.test(), task.testFirst());
        known = byName.get(name);
        renamed += number == 1 ? 1 : 0;
      }
      again += known == null ? 0 : 1;
      if (known != null && test && testedNames.contains(named.name())) {
        continue;
      }
      byName.put(named.name(), named);
      if (test) {
        tested.add(tasks.size());
        testedNames.add(named.name());
      }
      tasks.add(named);
    }
    notes.add("subset %s: %s tasks".formatted(subset, added.size()));
    if (renamed > 0) {
      notes.add(
          "subset %s: %s tasks have the name of another; they are called %s/NAME"
              .formatted(subset, renamed, subset));
    }
    if (again > 0) {
      notes.add(
          "subset %s: %s tasks were read before%s"
              .formatted(
                  subset, again, test ? "; where they were trained on, so are their tests" : ""));
    }
  }

  private static boolean same(ArcTask one, ArcTask other) {
    return one.train().equals(other.train()) && one.test().equals(other.test());
  }

  void note(String note) {
    notes.add(note);
  }

  List<ArcTask> tasks() {
    return tasks;
  }

  Set<Integer> tested() {
    return tested;
  }

  List<String> notes() {
    return notes;
  }
}
