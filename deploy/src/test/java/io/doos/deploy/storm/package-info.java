/** A seeded storm of faults over a farm of real processes, and how fast a farm recovers. */
@NullMarked
package io.doos.deploy.storm;

import org.jspecify.annotations.NullMarked;
