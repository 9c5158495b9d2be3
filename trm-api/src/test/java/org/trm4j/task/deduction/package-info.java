@NullMarked
package org.trm4j.task.deduction;

import org.jspecify.annotations.NullMarked;
