package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;

/**
 * A user and a group as the file system names them. To be kept: finding them searches the machine's
 * lists of users, which takes longer than to give a file away.
 */
record FileOwner(UserPrincipal user, GroupPrincipal group) {

  /** As files of {@code owner} are owned, whether that user has a name or not. */
  static FileOwner of(Owner owner) throws IOException {
    var users = Path.of("/").getFileSystem().getUserPrincipalLookupService();
    return new FileOwner(
        users.lookupPrincipalByName(String.valueOf(owner.uid())),
        users.lookupPrincipalByGroupName(String.valueOf(owner.gid())));
  }
}
