package org.trm4j.recursion;

import org.apiguardian.api.API;

/**
 * A named stack of layers; {@code module(h, injection) = layers(h + injection)}.
 *
 * @param name the prefix of its parameters, such as {@code L_level}
 * @param layers the number of layers, at least 1
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record NetworkModule(String name, int layers) {}
