package org.trm4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A page of another site whose name was made to resolve to this machine gets nothing. */
class AccessTest {
  @Test
  void takesLoopbackNamesOnly() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      for (String good : new String[] {"localhost", "127.0.0.1:8080", "[::1]:1"}) {
        assertThat(status(server, good)).as(good).startsWith("HTTP/1.1 200");
      }
      for (String bad : new String[] {"evil.example", "localhost.evil.example", "10.0.0.1"}) {
        assertThat(status(server, bad)).as(bad).startsWith("HTTP/1.1 403");
      }
    }
  }

  private static String status(RunningServer server, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
