/**
 * The rules of a job's life over the object store: reserve, claim, end, commit, cancel, delete,
 * read.
 */
@NullMarked
package io.doos.common.ledger;

import org.jspecify.annotations.NullMarked;
