/** The Open Inference Protocol, version 2, over REST: /v2. */
@NullMarked
package org.trm4j.server.inference;

import org.jspecify.annotations.NullMarked;
