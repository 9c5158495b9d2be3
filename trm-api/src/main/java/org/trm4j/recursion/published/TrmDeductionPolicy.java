package org.trm4j.recursion.published;

import org.apiguardian.api.API;

/** Deduction around the recursion of {@link TrmPolicy}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class TrmDeductionPolicy extends DeductionAround {
  /** Called by the service loader. */
  public TrmDeductionPolicy() {
    super(new TrmPolicy(), "TRM");
  }
}
