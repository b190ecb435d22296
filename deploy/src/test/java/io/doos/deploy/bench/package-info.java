/** Measures a whole farm against bare offices, in one run on one machine. */
@NullMarked
package io.doos.deploy.bench;

import org.jspecify.annotations.NullMarked;
