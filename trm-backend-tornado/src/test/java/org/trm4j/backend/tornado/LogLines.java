package org.trm4j.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The lines that a class logs. */
public final class LogLines extends Handler {
  private final List<String> lines = new ArrayList<>();

  private LogLines() {}

  /** Returns the lines that a class logs while something runs. */
  public static List<String> of(Class<?> type, Runnable work) {
    Logger logger = Logger.getLogger(type.getName());
    LogLines handler = new LogLines();
    logger.addHandler(handler);
    try {
      work.run();
    } finally {
      logger.removeHandler(handler);
    }
    return handler.lines;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(new SimpleFormatter().formatMessage(line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
