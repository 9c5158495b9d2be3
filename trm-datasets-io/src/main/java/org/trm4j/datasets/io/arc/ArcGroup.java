package org.trm4j.datasets.io.arc;

import java.util.List;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTransform;

/**
 * A task of a split with its augmentations.
 *
 * @param name of the task
 * @param pairs the pairs that belong to the split
 * @param transforms the augmentations; the first is the identity
 * @param identifiers the puzzle identifier of each augmentation
 */
@SuppressWarnings("ArrayRecordComponent") // a thousand a task
record ArcGroup(
    String name, List<ArcPair> pairs, List<ArcTransform> transforms, int[] identifiers) {
  int examples() {
    return Math.multiplyExact(pairs.size(), transforms.size());
  }

  String name(int transform) {
    return transform == 0 ? name : transforms.get(transform).name(name);
  }
}
