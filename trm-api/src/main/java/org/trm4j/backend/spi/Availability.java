package org.trm4j.backend.spi;

import org.apiguardian.api.API;

/** Whether a backend can be opened here. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public sealed interface Availability {

  /**
   * The backend can be opened.
   *
   * @param detail what it would run on, such as {@code 256-bit vectors, 2 threads}
   */
  record Available(String detail) implements Availability {}

  /**
   * The backend can be opened, but is far slower than it should be: {@code auto} takes another one
   * where there is one, and says why.
   *
   * @param detail what it would run on
   * @param reason what makes it slow
   * @param fix what the user can do about it
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  record Impaired(String detail, String reason, String fix) implements Availability {}

  /**
   * The backend cannot be opened.
   *
   * @param reason what is missing
   * @param fix what the user can do about it
   */
  record Unavailable(String reason, String fix) implements Availability {}
}
