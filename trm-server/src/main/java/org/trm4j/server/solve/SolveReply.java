package org.trm4j.server.solve;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The answers to a request.
 *
 * @param model the model that gave them
 * @param answers in the order of the puzzles
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record SolveReply(String model, List<AnswerJson> answers) {}
