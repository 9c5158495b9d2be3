package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/** The examples of one split in a fixed order, with random access. Thread-safe. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface ExampleSource {

  /** Returns the number of examples. */
  int size();

  /** Returns example {@code index}; throws {@link IndexOutOfBoundsException} outside 0..size-1. */
  Example get(int index);
}
