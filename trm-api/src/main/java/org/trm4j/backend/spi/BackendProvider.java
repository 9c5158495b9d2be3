package org.trm4j.backend.spi;

import java.util.Set;
import org.apiguardian.api.API;

/** A backend that can be opened; found by {@link java.util.ServiceLoader}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface BackendProvider {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 2;

  /** The {@link #precision()} of a backend that rounds no factor of a product. */
  String SINGLE_PRECISION = "fp32";

  /** Returns the id by which users choose the backend, such as {@code cpu-vector}. */
  String id();

  /** Returns {@link #SPI_VERSION} as it was when the plug-in was compiled. */
  int spiVersion();

  /** Returns the rank among available backends when the user chooses none; the highest is taken. */
  int priority();

  /**
   * Returns the precision of the factors of the large products: {@link #SINGLE_PRECISION}, or
   * {@code bf16}. A backend of another precision than the former gives slightly other answers, and
   * is chosen only by its id or by its precision ({@link org.trm4j.OpenOptions#withPrecision}).
   */
  default String precision() {
    return SINGLE_PRECISION;
  }

  /** Returns one line about the backend. */
  String description();

  /** Returns whether it can be opened here. Never throws and does no device work. */
  Availability availability();

  /** Returns what it can do. */
  Set<Backend.Capability> capabilities();

  /**
   * Opens the backend; throws {@link BackendException} when it is unavailable or the options are
   * wrong.
   */
  Backend open(BackendOptions options);

  /** Whether a backend can be opened here. */
  sealed interface Availability {

    /**
     * The backend can be opened.
     *
     * @param detail what it would run on, such as {@code 256-bit vectors, 2 threads}
     */
    record Available(String detail) implements Availability {}

    /**
     * The backend can be opened, but is far slower than it should be: {@code auto} takes another
     * one where there is one, and says why.
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
}
