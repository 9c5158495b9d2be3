/**
 * The whole task as data: what a model reads, which heads it has, what it learns from, and what
 * happens between its supervision steps.
 */
@NullMarked
package org.trm4j.task;

import org.jspecify.annotations.NullMarked;
