/** The broker and the store that standalone brings with it. */
@NullMarked
package io.doos.deploy.standalone;

import org.jspecify.annotations.NullMarked;
