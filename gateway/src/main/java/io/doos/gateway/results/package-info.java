/**
 * The one way out: a ticket's status and result, read from the ledger each time, so that any
 * gateway answers for any ticket.
 */
@NullMarked
package io.doos.gateway.results;

import org.jspecify.annotations.NullMarked;
