/**
 * The configuration of a run, as typed values and as JSON: recipes, files and changes of single
 * settings.
 */
@NullMarked
package org.trm4j.training.config;

import org.jspecify.annotations.NullMarked;
