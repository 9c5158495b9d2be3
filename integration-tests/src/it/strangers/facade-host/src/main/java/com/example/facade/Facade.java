package com.example.facade;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.OpenOptions;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;

/** Solves in every way that the README shows. */
public final class Facade {
  private Facade() {}

  public static void main(String[] arguments) throws Exception {
    List<String> lines = List.of(arguments);
    OpenOptions options = OpenOptions.DEFAULT.withThreads(2).withWarmUp(true);     // or withBackend, withClassLoader, withObserver
    try (TrmModel model = TrmModel.open(Path.of("runs/demo"), options)) {          // or openResource, a stream, pretrained(name, options)
      SolveOptions wide = SolveOptions.DEFAULT.withMaxSteps(64).withAttempts(Attempts.verified(16, 0.3, 1)).withTimeout(Duration.ofSeconds(2));
      Answer answer = model.solve("1...............", wide);
      System.out.println(answer.verified() + " " + answer.reason() + ": " + answer.ending().text());

      List<Answer> all = model.solveAll(model.parseAll(lines));                    // in batches; also a Stream
      model.solve(lines.getFirst(), wide.withListener((puzzle, draft) -> System.out.println(draft)));   // drafts as they come
      Flow.Publisher<Draft> drafts = model.drafts(model.parse(lines.getFirst()), wide);                 // the same for reactive hosts

      System.out.println("all " + all.size() + " " + all.stream().filter(Answer::verified).count());
      System.out.println("published " + count(drafts));
    }
  }

  private static int count(Flow.Publisher<Draft> drafts) throws InterruptedException {
    int[] count = new int[1];
    CountDownLatch end = new CountDownLatch(1);
    drafts.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(Draft draft) {
            count[0]++;
          }

          @Override
          public void onError(Throwable failure) {
            failure.printStackTrace();
            end.countDown();
          }

          @Override
          public void onComplete() {
            end.countDown();
          }
        });
    end.await();
    return count[0];
  }
}
