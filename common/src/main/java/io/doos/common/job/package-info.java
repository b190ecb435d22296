/** What a job is, and its one JSON form. */
@NullMarked
package io.doos.common.job;

import org.jspecify.annotations.NullMarked;
