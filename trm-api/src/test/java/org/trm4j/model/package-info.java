/** Tests of configurations and parameters. */
@NullMarked
package org.trm4j.model;

import org.jspecify.annotations.NullMarked;
