@org.jspecify.annotations.NullMarked
package io.doos.gateway.cliser;
