package org.trm4j;

import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicLong;

/** Solves a puzzle anew for every subscriber, and publishes the drafts. */
final class DraftPublisher implements Flow.Publisher<Draft> {
  private static final int MOST_WAITING = 1 << 16;

  private final TrmModel model;
  private final Puzzle puzzle;
  private final SolveOptions options;
  private final AtomicLong subscriptions = new AtomicLong();

  DraftPublisher(TrmModel model, Puzzle puzzle, SolveOptions options) {
    this.model = model;
    this.puzzle = puzzle;
    this.options = options;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Draft> subscriber) {
    long drafts = (long) options.maxSteps().orElse(model.usualSteps()) * options.attempts().count();
    // With room for every draft a slow subscriber holds no session.
    SubmissionPublisher<Draft> publisher =
        new SubmissionPublisher<>(
            ForkJoinPool.commonPool(), (int) Math.clamp(drafts, 1, MOST_WAITING));
    publisher.subscribe(subscriber);
    Thread.ofPlatform()
        .daemon()
        .name("trm-drafts-" + subscriptions.incrementAndGet())
        .start(() -> solve(publisher));
  }

  private void solve(SubmissionPublisher<Draft> publisher) {
    try {
      model.solve(
          puzzle,
          options
              .withDrafts(false)
              .withStop(() -> !publisher.hasSubscribers() || options.stop().getAsBoolean())
              .withListener((number, draft) -> {
                Draft.Listener other = options.listener();
                if (other != null) {
                  other.drafted(number, draft);
                }
                publisher.submit(draft);
              }));
      publisher.close();
    } catch (RuntimeException | Error e) {
      publisher.closeExceptionally(e);
    }
  }
}
