package org.trm4j.datasets.io.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import org.trm4j.dataset.spi.DatasetException;

/** One request for a file, or for the part of it that is missing. */
final class Transfer {
  static final String NO_CONNECTION = "no connection";

  private final HttpClient client;
  private final Duration stall;
  private final FetchListener listener;

  Transfer(HttpClient client, Duration stall, FetchListener listener) {
    this.client = client;
    this.stall = stall;
    this.listener = listener;
  }

  /** How it ended. */
  sealed interface Outcome permits Complete, Interrupted, Refused {}

  /** As many bytes as expected have arrived. */
  record Complete() implements Outcome {}

  /** It may go on with another request. */
  record Interrupted(String reason) implements Outcome {}

  /** Another request would fare no better. */
  record Refused(String reason) implements Outcome {}

  Outcome run(RemoteFile file, URI url, Path part) throws IOException {
    long have = Files.isRegularFile(part) ? Files.size(part) : 0;
    if (have > file.size()) {
      Files.delete(part);
      have = 0;
    }
    if (have == file.size() && have > 0) {
      return new Complete();
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(stall).GET();
    if (have > 0) {
      request.header("Range", "bytes=%d-".formatted(have));
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Interrupted(NO_CONNECTION + " (" + text(e) + ")");
    } catch (HttpTimeoutException e) {
      return new Interrupted("no answer within %d s".formatted(stall.toSeconds()));
    } catch (IOException e) {
      return new Interrupted(text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatasetException("fetch: interrupted", e);
    }
    try (InputStream body = response.body()) {
      return switch (response.statusCode()) {
        case 200 -> whole(file, response, body, part);
        case 206 -> rest(file, response, body, part, have);
        case 416 -> {
          Files.deleteIfExists(part);
          yield new Interrupted("HTTP 416, what was begun is dropped");
        }
        case 408, 425, 429, 500, 502, 503, 504 -> new Interrupted("HTTP " + response.statusCode());
        default -> new Refused("HTTP " + response.statusCode());
      };
    }
  }

  private static String text(IOException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }

  private Outcome whole(
      RemoteFile file, HttpResponse<InputStream> response, InputStream body, Path part)
      throws IOException {
    long said = response.headers().firstValueAsLong("Content-Length").orElse(file.size());
    if (said != file.size()) {
      return new Refused("offers %d bytes, expected %d".formatted(said, file.size()));
    }
    try (OutputStream out = Files.newOutputStream(part)) {
      return copy(file, body, out, 0);
    }
  }

  private Outcome rest(
      RemoteFile file, HttpResponse<InputStream> response, InputStream body, Path part, long have)
      throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    String expected = "bytes %d-%d/%d".formatted(have, file.size() - 1, file.size());
    if (!range.equals(expected)) {
      Files.deleteIfExists(part);
      return new Interrupted("offers '%s', expected '%s'".formatted(range, expected));
    }
    try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
      return copy(file, body, out, have);
    }
  }

  private Outcome copy(RemoteFile file, InputStream body, OutputStream out, long have)
      throws IOException {
    long done = have;
    byte[] buffer = new byte[1 << 16];
    try (Watch watch = new Watch(body, stall)) {
      while (true) {
        int read;
        try {
          read = body.read(buffer);
        } catch (IOException e) {
          return new Interrupted(
              "cut off after %d of %d bytes%s"
                  .formatted(done, file.size(), watch.expired() ? ", nothing came any more" : ""));
        }
        if (read < 0) {
          break;
        }
        watch.alive();
        if (done + read > file.size()) {
          return new Refused("sends more than the expected %d bytes".formatted(file.size()));
        }
        out.write(buffer, 0, read);
        done += read;
        listener.progressed(file, done);
      }
    }
    return done == file.size()
        ? new Complete()
        : new Interrupted("cut off after %d of %d bytes".formatted(done, file.size()));
  }

  /**
   * Closes a body from which nothing has come for too long: a read has no time limit of its own.
   */
  private static final class Watch implements AutoCloseable {
    private final Timer timer = new Timer("trm4j-download-watch", true);
    private final long limit;
    private volatile long last = System.nanoTime();
    private volatile boolean expired;

    Watch(InputStream body, Duration stall) {
      this.limit = stall.toNanos();
      long period = Math.max(1, stall.toMillis() / 4);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              if (System.nanoTime() - last > limit) {
                expired = true;
                close(body);
              }
            }
          },
          period,
          period);
    }

    private static void close(InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        // The reader sees that it is closed.
      }
    }

    void alive() {
      last = System.nanoTime();
    }

    boolean expired() {
      return expired;
    }

    @Override
    public void close() {
      timer.cancel();
    }
  }
}
