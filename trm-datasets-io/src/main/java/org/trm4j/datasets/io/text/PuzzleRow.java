package org.trm4j.datasets.io.text;

import org.apiguardian.api.API;

/**
 * One puzzle as it stands in a file.
 *
 * @param line of the file, from 1
 * @param question as written
 * @param answer as written; empty if it is not given
 * @param rating as written; empty if it is not given
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record PuzzleRow(long line, String question, String answer, String rating) {}
