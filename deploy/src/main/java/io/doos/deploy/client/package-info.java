/** The client's side of the doos protocol; knows nothing of the farm but its port. */
@NullMarked
package io.doos.deploy.client;

import org.jspecify.annotations.NullMarked;
