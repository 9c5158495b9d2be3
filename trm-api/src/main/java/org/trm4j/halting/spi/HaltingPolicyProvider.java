package org.trm4j.halting.spi;

import org.apiguardian.api.API;

/**
 * Makes halting policies; found by {@link java.util.ServiceLoader}. Implementations are stateless.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface HaltingPolicyProvider {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 1;

  /** Returns the id by which users choose the policy, such as {@code halt-head}. */
  String id();

  /** Returns {@link #SPI_VERSION} as it was when the plug-in was compiled. */
  int spiVersion();

  /** Returns one line about the policy and its argument. */
  String description();

  /** Returns the argument when the user gives none; empty if the policy takes none. */
  String defaultArgument();

  /**
   * Returns the policy.
   *
   * @param argument what follows the id in {@code id=argument}; throws IllegalArgumentException in
   *     one clear line
   */
  HaltingPolicy policy(String argument);

  /**
   * Returns a provider of one policy that takes no argument, such as a lambda, for a host that
   * wants to choose it by name: {@code Trm.builder().plugin(HaltingPolicyProvider.of(...))}.
   *
   * @param id by which it is chosen
   * @param description one line about it
   */
  static HaltingPolicyProvider of(String id, String description, HaltingPolicy policy) {
    return new HaltingPolicyProvider() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public int spiVersion() {
        return SPI_VERSION;
      }

      @Override
      public String description() {
        return description;
      }

      @Override
      public String defaultArgument() {
        return "";
      }

      @Override
      public HaltingPolicy policy(String argument) {
        if (!argument.isEmpty()) {
          throw new IllegalArgumentException(
              "halting policy %s: takes no argument, found %s".formatted(id, argument));
        }
        return policy;
      }
    };
  }
}
