/** Settings: defaults, file, environment, options; all problems reported at once. */
@NullMarked
package io.doos.common.config;

import org.jspecify.annotations.NullMarked;
