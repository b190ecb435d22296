/** What the kernel lets a process do and use: filters of system calls, control groups. */
@org.jspecify.annotations.NullMarked
package io.doos.worker.confine;
