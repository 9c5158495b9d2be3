package org.trm4j.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.trm4j.TrmModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in this process, on a free port, and a client of it. */
final class RunningServer implements AutoCloseable {
  static final String PUZZLE = "3.1.4..2.......1";
  static final String SOLUTION = "3214413214232341";
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts a server of {@code sudoku-4} with further properties, {@code name=value}. */
  static RunningServer start(String... properties) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("server.port", 0);
    settings.put("trm.models[sudoku-4]", "sudoku-4");
    for (String property : properties) {
      int equals = property.indexOf('=');
      settings.put(property.substring(0, equals), property.substring(equals + 1));
    }
    return new RunningServer(TrmServer.start(settings, List.of()));
  }

  int port() {
    return ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /** Returns the largest number of requests that Tomcat processes at a time. */
  int threads() {
    TomcatWebServer server =
        (TomcatWebServer) ((WebServerApplicationContext) context).getWebServer();
    return ((AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler())
        .getMaxThreads();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  TrmModel model(String name) {
    return context.getBean(name, TrmModel.class);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpRequest.Builder posting(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(posting(path, json));
  }

  HttpClient client() {
    return client;
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    client.close();
    context.close();
  }
}
