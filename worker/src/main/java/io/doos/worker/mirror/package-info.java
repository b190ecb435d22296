/** Keeps copies of what the bucket has for every worker: templates and fonts. */
@NullMarked
package io.doos.worker.mirror;

import org.jspecify.annotations.NullMarked;
