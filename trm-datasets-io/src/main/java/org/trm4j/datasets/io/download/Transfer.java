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
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import org.trm4j.dataset.spi.DatasetException;

/** One request for a file, or for the part of it that is missing. */
final class Transfer {
  static final String NO_CONNECTION = "no connection";

  private static final int MAX_REDIRECTS = 5;

  private final HttpClient client;
  private final Patience patience;
  private final FetchListener listener;

  Transfer(HttpClient client, Patience patience, FetchListener listener) {
    this.client = client;
    this.patience = patience;
    this.listener = listener;
  }

  /** How it ended. */
  sealed interface Outcome permits Complete, Interrupted, Refused {}

  /** As many bytes as expected have arrived. */
  record Complete() implements Outcome {}

  /** Another request may continue it. */
  record Interrupted(String reason) implements Outcome {}

  /** Another request would fail in the same way. */
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
    URI at = url;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response;
      try {
        response = client.send(request(at, have), HttpResponse.BodyHandlers.ofInputStream());
      } catch (ConnectException | HttpConnectTimeoutException e) {
        return new Interrupted(NO_CONNECTION + " (" + text(e) + ")");
      } catch (HttpTimeoutException e) {
        return new Interrupted("no answer within %s s".formatted(patience.stall().toSeconds()));
      } catch (IOException e) {
        return new Interrupted(text(e));
      } catch (IllegalArgumentException e) {
        // The client throws it where Content-Length is no number.
        return new Refused("answers with an invalid header: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DatasetException("fetch: interrupted", e);
      }
      if (response.statusCode() / 100 != 3 || response.statusCode() == 304) {
        return answer(file, response, part, have);
      }
      response.body().close();
      String place = response.headers().firstValue("Location").orElse("");
      try {
        at = at.resolve(place);
      } catch (IllegalArgumentException e) {
        return new Refused("redirects to '%s', which is no address".formatted(place));
      }
      if (place.isEmpty() || !RemoteFile.allowed(at)) {
        return new Refused("redirects to '%s', expected https".formatted(place));
      }
    }
    return new Refused("redirects more than %s times".formatted(MAX_REDIRECTS));
  }

  private HttpRequest request(URI at, long have) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(patience.stall()).GET();
    if (have > 0) {
      request.header("Range", "bytes=%s-".formatted(have));
    }
    return request.build();
  }

  private Outcome answer(RemoteFile file, HttpResponse<InputStream> response, Path part, long have)
      throws IOException {
    try (InputStream body = response.body()) {
      return switch (response.statusCode()) {
        case 200 -> whole(file, response, body, part);
        // The request was for the whole file.
        case 206 ->
            have == 0
                ? new Refused("HTTP 206, although no part was asked for")
                : rest(file, response, body, part, have);
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
    String said = response.headers().firstValue("Content-Length").orElse("" + file.size());
    if (!said.equals("" + file.size())) {
      return new Refused("offers %s bytes, expected %s".formatted(said, file.size()));
    }
    try (OutputStream out = Files.newOutputStream(part)) {
      return copy(file, body, out, 0);
    }
  }

  private Outcome rest(
      RemoteFile file, HttpResponse<InputStream> response, InputStream body, Path part, long have)
      throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    String expected = "bytes %s-%s/%s".formatted(have, file.size() - 1, file.size());
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
    try (Watch watch = new Watch(body, patience)) {
      while (true) {
        int read;
        try {
          read = body.read(buffer);
        } catch (IOException e) {
          return new Interrupted(
              "cut off after %s of %s bytes%s".formatted(done, file.size(), watch.reason()));
        }
        if (read < 0) {
          break;
        }
        watch.arrived(read);
        if (done + read > file.size()) {
          return new Refused("sends more than the expected %s bytes".formatted(file.size()));
        }
        out.write(buffer, 0, read);
        done += read;
        listener.progressed(file, done);
      }
    }
    return done == file.size()
        ? new Complete()
        : new Interrupted("cut off after %s of %s bytes".formatted(done, file.size()));
  }

  /**
   * Closes a body from which nothing has come for too long, or too little: a read has no time limit
   * of its own.
   */
  private static final class Watch implements AutoCloseable {
    private final Timer timer = new Timer("trm4j-download-watch", true);
    private final long begin = System.nanoTime();
    private volatile long last = begin;
    private volatile long bytes;
    private volatile String reason = "";

    Watch(InputStream body, Patience patience) {
      long period = Math.max(1, patience.stall().toMillis() / 4);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              long now = System.nanoTime();
              if (now - last > patience.stall().toNanos()) {
                reason = ", nothing came any more";
              } else if (patience.drips(now - begin, bytes)) {
                reason =
                    ", less than %s bytes a second came".formatted(patience.leastBytesPerSecond());
              } else {
                return;
              }
              close(body);
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

    void arrived(int count) {
      last = System.nanoTime();
      bytes += count;
    }

    String reason() {
      return reason;
    }

    @Override
    public void close() {
      timer.cancel();
    }
  }
}
