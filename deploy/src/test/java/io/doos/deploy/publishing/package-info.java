/** Jobs published straight to the queue, and the documents that describe what travels there. */
@NullMarked
package io.doos.deploy.publishing;

import org.jspecify.annotations.NullMarked;
