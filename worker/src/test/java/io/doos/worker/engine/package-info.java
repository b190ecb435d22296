@NullMarked
package io.doos.worker.engine;

import org.jspecify.annotations.NullMarked;
