package org.trm4j.recursion;

import org.apiguardian.api.API;

/**
 * A latent state [L, D] that a program keeps for each puzzle from one supervision step to the next.
 *
 * @param name as in published checkpoints: {@code z_H} is the draft answer y, {@code z_L} the
 *     scratchpad z
 * @param start what it is at first
 * @param constant whether the program declares that it only reads the state
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record LatentState(String name, StateStart start, boolean constant) {}
