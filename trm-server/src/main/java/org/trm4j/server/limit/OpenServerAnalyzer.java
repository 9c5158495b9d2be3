package org.trm4j.server.limit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Explains how to give a token to a server that other machines can reach. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OpenServerAnalyzer extends AbstractFailureAnalyzer<OpenServerException> {
  OpenServerAnalyzer() {}

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, OpenServerException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Set TRM_SERVER_TOKEN or --token-file, or listen on 127.0.0.1.",
        cause);
  }
}
