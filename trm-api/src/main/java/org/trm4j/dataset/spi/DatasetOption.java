package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * An option of a data set provider.
 *
 * @param name such as {@code size}
 * @param defaultValue its value when not given; empty for none
 * @param description one line, with the values that it takes
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record DatasetOption(String name, String defaultValue, String description) {}
