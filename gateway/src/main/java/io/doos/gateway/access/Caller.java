package io.doos.gateway.access;

import io.doos.common.job.Pool;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was let in.
 *
 * @param name for logs
 * @param tenant whose jobs theirs are, whatever they say; who has none sees everybody's jobs
 * @param pools where their jobs may run; anywhere, if none is named
 * @param mostOpenJobs how many jobs the tenant may have that have not ended; the farm's default if
 *     empty
 */
public record Caller(
    String name,
    Optional<String> tenant,
    Set<Role> roles,
    Set<Pool> pools,
    OptionalInt mostOpenJobs) {

  /** Whoever comes to a farm that asks nobody who they are. */
  public static final Caller ANYBODY =
      new Caller(
          "anybody", Optional.empty(), EnumSet.allOf(Role.class), Set.of(), OptionalInt.empty());

  public Caller {
    roles = Set.copyOf(roles);
    pools = Set.copyOf(pools);
    if (mostOpenJobs.isPresent() && tenant.isEmpty()) {
      throw new IllegalArgumentException("jobs are counted by tenant, and there is none");
    }
  }

  /** Whether they may do what needs {@code role}. */
  public boolean may(Role role) {
    return roles.contains(role) || (role == Role.WATCH && roles.contains(Role.OPERATE));
  }

  /** Whether their jobs may run there. */
  public boolean mayUse(Pool pool) {
    return pools.isEmpty() || pools.contains(pool);
  }

  /** Whether a job of {@code owner}, a tenant or null, is there for them at all. */
  public boolean maySee(@Nullable String owner) {
    return tenant.isEmpty() || tenant.get().equals(owner);
  }

  /** Whose a job of theirs is that says {@code asked}, a tenant or null. */
  public @Nullable String tenantOf(@Nullable String asked) {
    return tenant.orElse(asked);
  }
}
