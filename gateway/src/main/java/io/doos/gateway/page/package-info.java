/**
 * The operations page: what an operator sees of the farm and does to it, in a browser. Pages are
 * made here whole; the script only fetches them again and draws the plot.
 */
@NullMarked
package io.doos.gateway.page;

import org.jspecify.annotations.NullMarked;
