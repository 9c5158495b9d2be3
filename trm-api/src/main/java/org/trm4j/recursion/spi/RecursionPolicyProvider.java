package org.trm4j.recursion.spi;

import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.task.TaskProgram;

/**
 * Makes recursion programs; found by {@link java.util.ServiceLoader}. Implementations are
 * stateless.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface RecursionPolicyProvider {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 1;

  /** Returns the id by which users choose the policy, such as {@code trm}. */
  String id();

  /** Returns {@link #SPI_VERSION} as it was when the plug-in was compiled. */
  int spiVersion();

  /** Returns one line about the policy and its source. */
  String description();

  /**
   * Returns the arguments that the policy takes with their defaults, such as {@code T=3, n=6,
   * layers=2}.
   */
  PolicyArguments defaults();

  /**
   * Returns the program.
   *
   * @param arguments a value for every name of {@link #defaults()} and no other: at least 1 where
   *     the default is whole, finite where it is not
   */
  RecursionProgram program(PolicyArguments arguments);

  /**
   * Returns the whole task: the program with the published input, heads and loss unless the policy
   * brings its own.
   *
   * @param arguments as for {@link #program}
   * @param config of the model, whose sizes heads may need
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default TaskProgram task(PolicyArguments arguments, ModelConfig config) {
    return TaskProgram.published(program(arguments));
  }
}
