package org.trm4j.tck;

import org.apiguardian.api.API;

/**
 * All that a backend must satisfy. A backend's own test extends it and returns its provider:
 *
 * <pre>{@code
 * class MyBackendContractTest extends BackendContract {
 *   public BackendProvider provider() {
 *     return new MyBackendProvider();
 *   }
 * }
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public abstract class BackendContract
    implements LifeCycleContract,
        ErrorContract,
        OperationContract,
        TrainingContract,
        GradientContract,
        DeterminismContract,
        IsolationContract,
        RandomnessContract,
        TaskContract {
  /** For subclasses. */
  protected BackendContract() {}
}
