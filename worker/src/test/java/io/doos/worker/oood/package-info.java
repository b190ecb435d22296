/** Tests of the old oood's ways. */
@NullMarked
package io.doos.worker.oood;

import org.jspecify.annotations.NullMarked;
