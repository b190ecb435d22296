/**
 * Calls from the farm to where others point: which places may be called, and connections that go to
 * no other. Beside the object store the only user of OkHttp.
 */
@NullMarked
package io.doos.common.web;

import org.jspecify.annotations.NullMarked;
