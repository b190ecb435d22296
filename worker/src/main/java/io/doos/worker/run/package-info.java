/** The life of one delivered job: claim, fetch, run, store, commit, tell, ack. */
@NullMarked
package io.doos.worker.run;

import org.jspecify.annotations.NullMarked;
