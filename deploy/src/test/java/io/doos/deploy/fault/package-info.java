/**
 * Faults that try to break every promise, on farms of real processes, and the parts that such farms
 * and faults are made of.
 */
@NullMarked
package io.doos.deploy.fault;

import org.jspecify.annotations.NullMarked;
