package org.trm4j.datasets.arc;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A task.
 *
 * @param name by which it is known, such as {@code 9edfc990}
 * @param train pairs that show the rule
 * @param test pairs that ask for it
 * @param testFirst whether the file tells the test pairs before the others; the published builder
 *     keeps that order
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ArcTask(String name, List<ArcPair> train, List<ArcPair> test, boolean testFirst) {
  /** Copies the lists. */
  public ArcTask {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** Returns all pairs in the order of the file. */
  public List<ArcPair> pairs() {
    return Stream.concat((testFirst ? test : train).stream(), (testFirst ? train : test).stream())
        .toList();
  }
}
