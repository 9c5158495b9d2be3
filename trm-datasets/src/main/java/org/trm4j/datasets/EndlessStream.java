package org.trm4j.datasets;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;

/**
 * Makes examples by their position, in blocks, ahead of time and on its own threads. An example
 * does not depend on the thread that makes it or on the time.
 */
final class EndlessStream implements ExampleStream {
  private static final int BLOCK = 16;

  /**
   * The number of examples ahead; more than a step takes, so that the threads work during training.
   */
  private static final int BLOCKS_AHEAD = 64;

  private final LongFunction<Example> examples;
  private final ThreadPoolExecutor pool;
  private final Deque<Future<Example[]>> ahead = new ArrayDeque<>();
  private Example[] block = {};
  private long position;
  private long nextBlock;

  EndlessStream(LongFunction<Example> examples, int threads) {
    this.examples = examples;
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform()
                .name("trm-examples-", 0)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .factory());
    // An unclosed stream leaves no threads behind.
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public Example next() {
    int at = (int) (position % BLOCK);
    if (block.length == 0 || at == 0) {
      block = take();
    }
    position++;
    return block[at];
  }

  @Override
  public void skip(long count) {
    position = Math.addExact(position, count);
    block = new Example[0];
    drop();
    nextBlock = position / BLOCK;
  }

  private Example[] take() {
    while (ahead.size() < BLOCKS_AHEAD) {
      ahead.add(pool.submit(make(nextBlock++)));
    }
    try {
      return ahead.remove().get();
    } catch (InterruptedException e) {
      // The waiting caller decides what an interrupt means; the example is the same.
      Thread.currentThread().interrupt();
      return make(position / BLOCK).call();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private interface Block extends Callable<Example[]> {
    @Override
    Example[] call();
  }

  private Block make(long number) {
    return () -> {
      Example[] made = new Example[BLOCK];
      for (int i = 0; i < BLOCK; i++) {
        made[i] = examples.apply(number * BLOCK + i);
      }
      return made;
    };
  }

  private void drop() {
    ahead.forEach(future -> future.cancel(false));
    ahead.clear();
    pool.purge();
  }

  @Override
  public void close() {
    drop();
    pool.shutdownNow();
  }
}
