/** The contract suites, run on the plug-ins of this project. */
@NullMarked
package org.trm4j.it.contract;

import org.jspecify.annotations.NullMarked;
