package org.trm4j.halting;

/** Reads the arguments of halting policies. */
final class ArgumentReader {
  private ArgumentReader() {}

  static void none(String id, String argument) {
    if (!argument.isEmpty()) {
      throw new IllegalArgumentException(
          "halting policy %s: takes no argument, found %s".formatted(id, argument));
    }
  }

  static double probability(String id, String argument) {
    try {
      double value = Double.parseDouble(argument);
      if (value > 0 && value < 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for both.
    }
    throw new IllegalArgumentException(
        "halting policy %s: argument %s, expected a probability between 0 and 1"
            .formatted(id, argument));
  }

  static double size(String id, String argument) {
    try {
      double value = Double.parseDouble(argument);
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for both.
    }
    throw new IllegalArgumentException(
        "halting policy %s: argument %s, expected a finite number of more than 0"
            .formatted(id, argument));
  }

  static int positive(String id, String argument) {
    try {
      int value = Integer.parseInt(argument);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for both.
    }
    throw new IllegalArgumentException(
        "halting policy %s: argument %s, expected a whole number of at least 1"
            .formatted(id, argument));
  }
}
