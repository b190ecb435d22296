/**
 * What is counted and measured, and how it is told to who collects it. The only package that knows
 * the library for it, Micrometer.
 */
@NullMarked
package io.doos.common.metrics;

import org.jspecify.annotations.NullMarked;
