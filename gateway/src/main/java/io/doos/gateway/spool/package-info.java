/**
 * Where bytes wait that must be seen whole before they may go on: in memory while they are few, in
 * a temporary file otherwise.
 */
@NullMarked
package io.doos.gateway.spool;

import org.jspecify.annotations.NullMarked;
