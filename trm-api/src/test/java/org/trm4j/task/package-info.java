@NullMarked
package org.trm4j.task;

import org.jspecify.annotations.NullMarked;
