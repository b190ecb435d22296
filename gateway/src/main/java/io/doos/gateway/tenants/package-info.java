/** How much of the farm a tenant has in its hands. */
@NullMarked
package io.doos.gateway.tenants;

import org.jspecify.annotations.NullMarked;
