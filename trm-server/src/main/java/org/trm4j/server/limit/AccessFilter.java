package org.trm4j.server.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Requires the token. A server without one listens only on the loopback interface and accepts
 * requests only for a loopback name, so a page of another site whose name resolves to this machine
 * is refused.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class AccessFilter extends OncePerRequestFilter {
  private static final String SCHEME = "Bearer ";
  // Paths that reveal no secret and do no work: the page itself, and the probes of orchestrators.
  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/index.html",
          "/v2/health/live",
          "/v2/health/ready",
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness");
  private static final Pattern OPEN_FILES = Pattern.compile("/[a-z-]+\\.(js|css|svg|ico)");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?");

  private final byte @Nullable [] token;

  /** {@link ListenRules} ensures that a server without a token listens on this machine only. */
  AccessFilter(ServerLimits limits) {
    String text = limits.token();
    this.token = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] expected = token;
    if (expected == null) {
      String host = request.getHeader("Host");
      if (host == null || !LOOPBACK.matcher(host).matches()) {
        ProblemWriter.write(
            request,
            response,
            403,
            "this server has no token and takes requests for localhost only");
        return;
      }
    } else if (!isOpen(request) && !has(expected, request.getHeader("Authorization"))) {
      response.setHeader("WWW-Authenticate", "Bearer");
      ProblemWriter.write(
          request, response, 401, "send the server's token: Authorization: Bearer TOKEN");
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isOpen(HttpServletRequest request) {
    String path = request.getRequestURI();
    return OPEN.contains(path) || OPEN_FILES.matcher(path).matches();
  }

  private static boolean has(byte[] expected, @Nullable String header) {
    return header != null
        && header.startsWith(SCHEME)
        && MessageDigest.isEqual(
            expected, header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }
}
