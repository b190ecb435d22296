/** Certificates and keys from PEM files, as the doors that speak TLS need them. */
@NullMarked
package io.doos.common.tls;

import org.jspecify.annotations.NullMarked;
