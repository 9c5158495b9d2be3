package org.trm4j.training.parity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * How a backend did on one case.
 *
 * @param name of the case
 * @param policy id of the recursion policy
 * @param status the verdict
 * @param reason why the case could not run or could not end; empty otherwise
 * @param checks every comparison made
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ParityResult(
    String name, String policy, Status status, String reason, List<ParityCheck> checks) {

  /** The verdict. */
  public enum Status {
    /** Every comparison passed, and there was at least one. */
    PASS,
    /** A comparison failed, or the case ended with an error. */
    FAIL,
    /** The case needs a recursion policy that is not installed. */
    UNSUPPORTED
  }

  /** Copies the checks. */
  public ParityResult {
    checks = List.copyOf(checks);
  }

  static ParityResult of(String name, String policy, List<ParityCheck> checks) {
    boolean passed = !checks.isEmpty() && checks.stream().allMatch(ParityCheck::passed);
    return new ParityResult(name, policy, passed ? Status.PASS : Status.FAIL, "", checks);
  }

  /** Returns the comparisons that failed. */
  public List<ParityCheck> failures() {
    return checks.stream().filter(check -> !check.passed()).toList();
  }

  /** Returns the comparison that used up most of its tolerance; a NaN counts as the most. */
  public Optional<ParityCheck> worst() {
    return checks.stream().max(Comparator.comparingDouble(ParityResult::share));
  }

  private static double share(ParityCheck check) {
    if (check.tolerance() == 0) {
      return check.error() == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double share = check.error() / check.tolerance();
    return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
  }
}
