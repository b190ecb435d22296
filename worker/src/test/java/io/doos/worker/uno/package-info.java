@NullMarked
package io.doos.worker.uno;

import org.jspecify.annotations.NullMarked;
