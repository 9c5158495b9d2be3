/** Training in the Guice injector of a host application. */
@NullMarked
package org.trm4j.training.guice;

import org.jspecify.annotations.NullMarked;
