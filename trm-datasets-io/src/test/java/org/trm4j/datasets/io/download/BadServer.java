package org.trm4j.datasets.io.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local server that misbehaves in the way its path says. */
final class BadServer implements AutoCloseable {
  /** Each request: path, and range where one was asked for. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] content;
  private volatile int failures = 2;

  BadServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String behaviour) {
    return URI.create("http://127.0.0.1:%s/%s".formatted(server.getAddress().getPort(), behaviour));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    String behaviour = exchange.getRequestURI().getPath().substring(1);
    requests.add(behaviour + (range == null ? "" : " from " + from));
    try (exchange) {
      switch (behaviour) {
        case "good" -> send(exchange, from, content, content.length);
        case "cuts" -> send(exchange, from, content, Math.min(content.length, from + 40_000));
        case "no-ranges" ->
            send(exchange, 0, content, requests.size() < 3 ? 30_000 : content.length);
        case "wrong-bytes" -> send(exchange, from, new byte[content.length], content.length);
        case "longer" -> send(exchange, 0, new byte[content.length + 5], content.length + 5);
        case "shorter" -> send(exchange, 0, new byte[content.length - 5], content.length - 5);
        case "endless" -> endless(exchange);
        case "silent" -> silent(exchange);
        case "garbage-after" ->
            send(
                exchange,
                from,
                from == 0 ? content : new byte[content.length],
                from == 0 ? 100_000 : content.length);
        case "no-number" -> raw(exchange, "abc");
        case "unasked-part" -> {
          exchange
              .getResponseHeaders()
              .set("Content-Range", "bytes 0-%s/%s".formatted(content.length - 1, content.length));
          exchange.sendResponseHeaders(206, content.length);
          exchange.getResponseBody().write(content);
        }
        case "drips" -> drips(exchange);
        case "moved" -> moved(exchange, "/good");
        case "moved-to-open-line" -> moved(exchange, "http://example.org/a");
        case "moved-in-a-circle" -> moved(exchange, "/moved-in-a-circle");
        case "moved-nowhere" -> exchange.sendResponseHeaders(302, -1);
        case "wrong-range" -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/10");
          exchange.sendResponseHeaders(206, 10);
          exchange.getResponseBody().write(new byte[10]);
        }
        case "busy" -> {
          if (failures-- > 0) {
            exchange.sendResponseHeaders(503, -1);
          } else {
            send(exchange, from, content, content.length);
          }
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  /** Declares everything from {@code from}, and sends it up to {@code until}. */
  private void send(HttpExchange exchange, int from, byte[] bytes, int until) throws IOException {
    int status = from > 0 ? 206 : 200;
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %s-%s/%s".formatted(from, bytes.length - 1, bytes.length));
    }
    exchange.sendResponseHeaders(status, bytes.length - from);
    OutputStream out = exchange.getResponseBody();
    out.write(bytes, from, until - from);
    out.flush();
  }

  private void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 1000; i++) {
      exchange.getResponseBody().write(content);
    }
  }

  /** The length that is declared is text; the server puts its own beside it only for 200. */
  private void raw(HttpExchange exchange, String length) throws IOException {
    exchange.getResponseHeaders().set("Content-length", length);
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(content);
  }

  private static void moved(HttpExchange exchange, String place) throws IOException {
    exchange.getResponseHeaders().set("Location", place);
    exchange.sendResponseHeaders(302, -1);
  }

  private void drips(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    for (int i = 0; i < 100; i++) {
      exchange.getResponseBody().write(content, i * 100, 100);
      exchange.getResponseBody().flush();
      pause(100);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void silent(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, 1000);
    exchange.getResponseBody().flush();
    pause(3000);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
