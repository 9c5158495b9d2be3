package org.trm4j.server.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Where the server may listen. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ListenRules {
  private ListenRules() {}

  /**
   * Checks the address before anything is opened.
   *
   * @throws OpenServerException if other machines can reach the server and it has no token
   */
  public static void check(Environment environment) {
    String token = environment.getProperty("trm.server.token");
    if (token == null || token.isBlank()) {
      String address = environment.getProperty("server.address");
      if (!isLoopback(address)) {
        throw new OpenServerException(address == null ? "every address" : address);
      }
    }
  }

  private static boolean isLoopback(@Nullable String address) {
    try {
      return address != null
          && !address.isBlank()
          && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
