/**
 * Fetches from the web what documents may have of it, so that formatters can stay without network.
 */
@NullMarked
package io.doos.worker.web;

import org.jspecify.annotations.NullMarked;
