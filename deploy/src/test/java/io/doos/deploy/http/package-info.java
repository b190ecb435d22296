/** The HTTP door of a whole farm, with real offices and real clients. */
@org.jspecify.annotations.NullMarked
package io.doos.deploy.http;
