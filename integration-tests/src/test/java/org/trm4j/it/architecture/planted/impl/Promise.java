package org.trm4j.it.architecture.planted.impl;

import org.apiguardian.api.API;

/** Planted: breaks a rule on purpose. */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class Promise {
  private Promise() {}
}
