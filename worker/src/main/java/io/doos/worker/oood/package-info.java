/** The old oood's configuration, administration and status table. */
@NullMarked
package io.doos.worker.oood;

import org.jspecify.annotations.NullMarked;
