/** Whether the pages and samples say what the farm does. */
@NullMarked
package io.doos.deploy.docs;

import org.jspecify.annotations.NullMarked;
