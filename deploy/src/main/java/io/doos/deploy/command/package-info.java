/** The {@code doos} command and its subcommands, a class each. */
@NullMarked
package io.doos.deploy.command;

import org.jspecify.annotations.NullMarked;
