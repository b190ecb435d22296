/**
 * The farm's workers as others see them: what they tell of themselves, and what they can be told.
 */
@NullMarked
package io.doos.common.crew;

import org.jspecify.annotations.NullMarked;
