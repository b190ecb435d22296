/**
 * What gateways and workers both begin with: the store, the broker and the ledger that the settings
 * name.
 */
@NullMarked
package io.doos.common.farm;

import org.jspecify.annotations.NullMarked;
