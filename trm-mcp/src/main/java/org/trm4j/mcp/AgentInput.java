package org.trm4j.mcp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** The agent's input; its end ends the server. */
final class AgentInput extends FilterInputStream {
  private final CountDownLatch end = new CountDownLatch(1);

  AgentInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    return seen(super.read());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return seen(super.read(target, offset, length));
  }

  private int seen(int result) {
    if (result < 0) {
      end.countDown();
    }
    return result;
  }

  void awaitEnd() throws InterruptedException {
    end.await();
  }
}
