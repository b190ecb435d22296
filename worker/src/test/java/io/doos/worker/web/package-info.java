@org.jspecify.annotations.NullMarked
package io.doos.worker.web;
