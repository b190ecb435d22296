/** What a worker can do with a job's files in a leased office; knows no queue and no store. */
@NullMarked
package io.doos.worker.engine;

import org.jspecify.annotations.NullMarked;
