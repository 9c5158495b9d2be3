package org.trm4j.pretrained;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * What an artifact says of its model, in {@code model.properties}.
 *
 * @param name such as {@code sudoku-9}
 * @param version of the model, which is not the library's
 * @param sha256 of the file of weights, 64 hexadecimal digits
 * @param bytes of the file of weights
 * @param parameters trained parameters
 * @param licence SPDX identifier of the weights' licence
 * @param commit of this library's source with which the model was trained
 * @param training where the training stood, how long it took and on what, in words
 * @param domain id of the puzzle domain
 * @param domainOptions the options that make the domain
 * @param results what the model solved when it was packed; at least one, the first for a list
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record PretrainedDescription(
    String name,
    String version,
    String sha256,
    long bytes,
    long parameters,
    String licence,
    String commit,
    String training,
    String domain,
    Map<String, String> domainOptions,
    List<RecordedResult> results) {
  /** Copies the collections. */
  public PretrainedDescription {
    domainOptions = Collections.unmodifiableMap(new TreeMap<>(domainOptions));
    results = List.copyOf(results);
  }
}
