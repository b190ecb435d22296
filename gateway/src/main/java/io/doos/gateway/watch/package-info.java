/**
 * What a gateway hears and sees of the farm: workers, queues, and jobs that ended. In memory only,
 * bounded, and gone with the process.
 */
@NullMarked
package io.doos.gateway.watch;

import org.jspecify.annotations.NullMarked;
