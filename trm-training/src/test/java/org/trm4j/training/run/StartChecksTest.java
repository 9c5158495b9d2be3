package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** What a resumed run says of the machine that it goes on on. */
class StartChecksTest {
  private static final String WIDE = "cpu-vector: 512-bit vectors, 2 threads";

  private static List<String> said(String before, String now) {
    List<String> said = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            said.add(new SimpleFormatter().formatMessage(logged));
          }

          @Override
          public void flush() {
            // Nothing is held back.
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    Logger logger = Logger.getLogger(StartChecks.class.getName());
    logger.addHandler(handler);
    try {
      StartChecks.device(before, now);
    } finally {
      logger.removeHandler(handler);
    }
    return said;
  }

  @Test
  void anotherBackendOrVectorWidthIsSaid() {
    assertThat(said(WIDE, "cpu-vector: 256-bit vectors, 2 threads"))
        .containsExactly(
            "resume: the run was on cpu-vector: 512-bit vectors, now on cpu-vector: 256-bit vectors: it goes on, but not bit for bit as there");
    assertThat(said(WIDE, "cpu-scalar: plain loops, 2 threads")).hasSize(1);
  }

  @Test
  void theSameArithmeticOnMoreThreadsIsNoNews() {
    assertThat(said(WIDE, "cpu-vector: 512-bit vectors, 16 threads")).isEmpty();
    assertThat(said(WIDE, "cpu-vector: 512-bit vectors, 1 thread")).isEmpty();
    assertThat(said("", WIDE)).as("a run of a version that did not record it").isEmpty();
  }
}
