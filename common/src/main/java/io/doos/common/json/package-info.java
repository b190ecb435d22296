/** JSON at the edges of messages and records: strict reading that names the field at fault. */
@NullMarked
package io.doos.common.json;

import org.jspecify.annotations.NullMarked;
