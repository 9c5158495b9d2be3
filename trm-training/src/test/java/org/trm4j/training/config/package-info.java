@NullMarked
package org.trm4j.training.config;

import org.jspecify.annotations.NullMarked;
