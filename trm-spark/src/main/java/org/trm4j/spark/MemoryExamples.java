package org.trm4j.spark;

import java.util.List;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;

/** Examples in the driver's memory. */
record MemoryExamples(List<Example> examples) implements ExampleSource {
  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public Example get(int index) {
    return examples.get(index);
  }
}
