@NullMarked
package io.doos.common.trace;

import org.jspecify.annotations.NullMarked;
