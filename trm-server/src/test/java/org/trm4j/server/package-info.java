@NullMarked
package org.trm4j.server;

import org.jspecify.annotations.NullMarked;
