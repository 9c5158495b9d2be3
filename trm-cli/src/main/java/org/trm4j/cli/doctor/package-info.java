/** What this machine has, what is used of it, and what to change. */
@NullMarked
package org.trm4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
