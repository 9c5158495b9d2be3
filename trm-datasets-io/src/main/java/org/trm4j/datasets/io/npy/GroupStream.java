package org.trm4j.datasets.io.npy;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;

/** Training examples as {@link GroupSampler#next} draws them. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class GroupStream implements ExampleStream {
  private final ExampleSource source;
  private final GroupSampler sampler;

  /** Creates a stream of a split's examples. */
  public GroupStream(ExampleSource source, GroupIndex index, long seed) {
    this.source = source;
    this.sampler = new GroupSampler(index, seed);
  }

  @Override
  public Example next() {
    return source.get(sampler.next());
  }

  @Override
  public void skip(long count) {
    for (long i = 0; i < count; i++) {
      sampler.next();
    }
  }
}
