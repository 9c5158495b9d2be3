/** Rules that the structure of the code keeps. */
@NullMarked
package org.trm4j.it.architecture;

import org.jspecify.annotations.NullMarked;
