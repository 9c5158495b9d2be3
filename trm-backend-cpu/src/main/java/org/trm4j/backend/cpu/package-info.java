/**
 * The pure-Java CPU backends: a plan executor over kernels, of which there is a vector and a scalar
 * form.
 */
@NullMarked
package org.trm4j.backend.cpu;

import org.jspecify.annotations.NullMarked;
