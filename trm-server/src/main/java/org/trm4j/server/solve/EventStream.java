package org.trm4j.server.solve;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events of a response, each with JSON as its data. */
final class EventStream {
  private final JsonMapper json;
  private final OutputStream out;
  private boolean broken;

  EventStream(HttpServletResponse response, JsonMapper json) throws IOException {
    this.json = json;
    response.setContentType("text/event-stream");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-store");
    // Keeps proxies from buffering the response, which would defeat its purpose.
    response.setHeader("X-Accel-Buffering", "no");
    this.out = response.getOutputStream();
  }

  /** Sends an event unless the client has gone. */
  void send(String event, Object data) {
    if (broken) {
      return;
    }
    String text = "event: %s\ndata: %s\n\n".formatted(event, json.writeValueAsString(data));
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      broken = true;
    }
  }

  /** Returns whether the client has gone. */
  boolean broken() {
    return broken;
  }
}
