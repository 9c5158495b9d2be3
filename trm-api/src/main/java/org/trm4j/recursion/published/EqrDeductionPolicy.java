package org.trm4j.recursion.published;

import org.apiguardian.api.API;

/** Deduction around the recursion of {@link EqrPolicy}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class EqrDeductionPolicy extends DeductionAround {
  /** Called by the service loader. */
  public EqrDeductionPolicy() {
    super(new EqrPolicy(), "EqR");
  }
}
