/** Whether a process is well: what is looked at, and what was found. Knows no wire. */
@NullMarked
package io.doos.common.health;

import org.jspecify.annotations.NullMarked;
