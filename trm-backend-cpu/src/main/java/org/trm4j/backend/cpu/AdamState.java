package org.trm4j.backend.cpu;

import org.trm4j.backend.spi.UpdateRule;

/**
 * One trained parameter with all that its update reads and writes.
 *
 * @param value p
 * @param gradient g
 * @param first m
 * @param second v
 * @param average the moving average
 * @param rule the update
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
record AdamState(
    float[] value,
    float[] gradient,
    float[] first,
    float[] second,
    float[] average,
    UpdateRule rule) {

  double decay() {
    return 1 - rule.learningRate() * rule.weightDecay();
  }

  double stepSize() {
    return rule.learningRate() / (1 - Math.pow(rule.beta1(), rule.step()));
  }

  double inverseRootCorrection() {
    return 1 / Math.sqrt(1 - Math.pow(rule.beta2(), rule.step()));
  }
}
