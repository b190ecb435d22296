/** What the doctor looks at before it says whether this machine can run the farm. */
@NullMarked
package io.doos.deploy.doctor;

import org.jspecify.annotations.NullMarked;
