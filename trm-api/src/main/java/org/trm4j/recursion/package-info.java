/** Recursion as data: programs over latent states and modules, built, checked and printed. */
@NullMarked
package org.trm4j.recursion;

import org.jspecify.annotations.NullMarked;
