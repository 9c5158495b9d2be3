package org.trm4j.it.architecture.planted.impl;

import uk.ac.manchester.tornado.planted.Device;

/** Planted: breaks a rule on purpose. */
final class UsesDevice {
  @SuppressWarnings("unused")
  private final Class<?> type = Device.class;
}
