package org.trm4j.spring.boot;

import org.jspecify.annotations.Nullable;
import org.trm4j.SolveObserver;

/** Makes the observer of each model that the properties name. */
interface ObserverSource {
  /** Returns the observer of the model with that bean name; null for none. */
  @Nullable SolveObserver observer(String name);
}
