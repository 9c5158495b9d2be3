@NullMarked
package org.trm4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
