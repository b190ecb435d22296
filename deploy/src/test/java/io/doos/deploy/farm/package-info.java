/** Whole farms as processes of their own, seen from outside. */
@NullMarked
package io.doos.deploy.farm;

import org.jspecify.annotations.NullMarked;
