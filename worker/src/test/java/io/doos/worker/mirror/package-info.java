@NullMarked
package io.doos.worker.mirror;

import org.jspecify.annotations.NullMarked;
