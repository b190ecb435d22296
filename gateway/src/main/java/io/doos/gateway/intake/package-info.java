/** The one way in: whatever door a job comes through, it is accepted here, or refused. */
@NullMarked
package io.doos.gateway.intake;

import org.jspecify.annotations.NullMarked;
