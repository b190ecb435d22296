@NullMarked
package io.doos.worker.run;

import org.jspecify.annotations.NullMarked;
