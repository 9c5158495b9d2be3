package org.trm4j.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client that costs next to nothing: one connection, one request after another. It shares the
 * processors with the server whose throughput it measures.
 */
final class LoadClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;
  private String body = "";

  LoadClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    head =
        "POST /v1/solve HTTP/1.1\r\nHost: localhost:%s\r\nContent-Type: application/json\r\nContent-Length: "
            .formatted(port);
  }

  /** Sends a body to {@code /v1/solve}; returns the status of the response. */
  int post(String json) throws IOException {
    byte[] request = (head + json.length() + "\r\n\r\n" + json).getBytes(StandardCharsets.UTF_8);
    out.write(request);
    out.flush();
    int status = Integer.parseInt(line().split(" ")[1]);
    int length = -1;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Integer.parseInt(field.substring(15).strip());
      }
      chunked |= field.equals("transfer-encoding: chunked");
    }
    StringBuilder text = new StringBuilder();
    if (chunked) {
      for (int size = chunk(); size > 0; size = chunk()) {
        text.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
        line();
      }
      line();
    } else {
      text.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    body = text.toString();
    return status;
  }

  /** Returns the body of the last response. */
  String body() {
    return body;
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
