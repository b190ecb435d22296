/**
 * The CLISER protocol without any I/O: its grammar, the decoder of its bytes, and the automata of
 * its server, its file requester and its client.
 *
 * <p>The published syntax is lost; this is a reconstruction. {@link io.doos.common.cliser.Grammar}
 * is the one place that knows it, and {@code docs/cliser.md} lists what was chosen.
 */
@NullMarked
package io.doos.common.cliser;

import org.jspecify.annotations.NullMarked;
