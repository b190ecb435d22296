package io.doos.deploy.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Gives out files below some folders and no others, whatever a farm asks for and wherever links
 * lead.
 *
 * @param folders where all files must be
 */
public record FilesBelow(List<Path> folders) implements CliserClient.ClientFiles {

  public FilesBelow {
    folders = List.copyOf(folders);
  }

  @Override
  public Optional<Path> find(String systemId) {
    try {
      var uri = URI.create(systemId);
      if (uri.getScheme() == null || !uri.getScheme().toLowerCase(Locale.ROOT).equals("file")) {
        return Optional.empty();
      }
      var file = Path.of(URI.create("file://" + uri.getRawPath())).toRealPath();
      return Files.isRegularFile(file) && isBelow(file) ? Optional.of(file) : Optional.empty();
    } catch (IOException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty(); // a name of something else, or of nothing
    }
  }

  private boolean isBelow(Path file) throws IOException {
    for (var folder : folders) {
      if (file.startsWith(folder.toRealPath())) {
        return true;
      }
    }
    return false;
  }
}
