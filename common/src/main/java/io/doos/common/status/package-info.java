/** How a job is doing and how it ended, its one JSON form, and the old server's status.txt. */
@NullMarked
package io.doos.common.status;

import org.jspecify.annotations.NullMarked;
