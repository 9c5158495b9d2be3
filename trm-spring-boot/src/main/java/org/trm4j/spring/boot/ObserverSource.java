package org.trm4j.spring.boot;

import org.jspecify.annotations.Nullable;
import org.trm4j.SolveObserver;

/** Creates the observer of each model that the properties name. */
interface ObserverSource {
  /** Returns the observer of the model with that bean name, or null for none. */
  @Nullable SolveObserver observer(String name);
}
