@NullMarked
package org.trm4j.spring.boot;

import org.jspecify.annotations.NullMarked;
