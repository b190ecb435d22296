@org.jspecify.annotations.NullMarked
package io.doos.common.format;
