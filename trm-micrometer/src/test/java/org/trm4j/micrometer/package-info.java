@NullMarked
package org.trm4j.micrometer;

import org.jspecify.annotations.NullMarked;
