package org.trm4j.datasets.io.download;

import org.apiguardian.api.API;

/** Follows a download. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface FetchListener {
  /** Ignores all events. */
  FetchListener NONE = (file, done) -> {};

  /**
   * Called while a file arrives.
   *
   * @param done bytes so far
   */
  void progressed(RemoteFile file, long done);
}
