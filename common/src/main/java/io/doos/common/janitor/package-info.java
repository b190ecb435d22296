/**
 * The janitor: finds lost jobs, ends expired ones, and removes what has had its time. Its rules are
 * the ledger's {@link io.doos.common.ledger.Upkeep}; here is when they are applied, and to what.
 */
@NullMarked
package io.doos.common.janitor;

import org.jspecify.annotations.NullMarked;
