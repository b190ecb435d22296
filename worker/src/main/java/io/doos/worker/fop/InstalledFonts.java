package io.doos.worker.fop;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.fop.apps.io.ResourceResolverFactory;
import org.apache.fop.configuration.Configuration;
import org.apache.fop.configuration.ConfigurationException;
import org.apache.fop.configuration.DefaultConfigurationBuilder;
import org.apache.fop.events.DefaultEventBroadcaster;
import org.apache.fop.fonts.EmbedFontInfo;
import org.apache.fop.fonts.FontEventAdapter;
import org.apache.fop.fonts.FontTriplet;
import org.apache.fop.fonts.autodetect.FontFileFinder;
import org.apache.fop.fonts.autodetect.FontInfoFinder;

/**
 * The fonts of this machine and of the farm, looked for once: FOP would look for them for each
 * document. Documents cannot name them but by their families.
 */
final class InstalledFonts {

  /** The others paint with the fonts that Java finds, the farm's among them, or with their own. */
  private static final List<String> MEDIA_TYPES =
      List.of("application/pdf", "application/postscript");

  /** What an embedding output takes for the fonts that every PDF reader has, and none embeds. */
  private static final Map<String, String> STAND_INS =
      Map.of(
          "Helvetica", "Liberation Sans",
          "sans-serif", "Liberation Sans",
          "Times", "Liberation Serif",
          "serif", "Liberation Serif",
          "any", "Liberation Serif",
          "Courier", "Liberation Mono",
          "monospace", "Liberation Mono",
          "Symbol", "OpenSymbol",
          "ZapfDingbats", "OpenSymbol");

  private final Map<String, Path> files = new TreeMap<>();
  private final Configuration plain;
  private final Configuration embedding;

  private InstalledFonts(List<EmbedFontInfo> fonts) throws ConfigurationException {
    var body = renderers(fonts);
    this.plain = parsed("<fop version='1.0'>" + body + "</fop>");
    this.embedding = parsed("<fop version='1.0'>" + standIns() + body + "</fop>");
  }

  /**
   * Looks for fonts.
   *
   * @param folders those that are not there have none
   */
  static InstalledFonts in(List<Path> folders) throws IOException, ConfigurationException {
    var events = new FontEventAdapter(new DefaultEventBroadcaster());
    var resolver =
        ResourceResolverFactory.createDefaultInternalResourceResolver(URI.create("file:///"));
    var finder = new FontInfoFinder();
    finder.setEventListener(events);
    var fonts = new ArrayList<EmbedFontInfo>();
    for (var folder : folders) {
      if (folder.toFile().isDirectory()) {
        for (var file : new FontFileFinder(events).find(folder.toFile())) {
          var found = finder.find(URI.create(file.toString()), resolver, null);
          fonts.addAll(found == null ? List.of() : List.of(found));
        }
      }
    }
    return new InstalledFonts(fonts);
  }

  /**
   * FOP's configuration.
   *
   * @param all whether every font must be embedded
   */
  Configuration configuration(boolean all) {
    return all ? embedding : plain;
  }

  /** The font of this name, if it is one. */
  Optional<Path> file(URI uri) {
    return Optional.ofNullable(files.get(uri.toString()));
  }

  private String renderers(List<EmbedFontInfo> fonts) {
    var list = new StringBuilder("<fonts>");
    for (var font : fonts) {
      if (font.getEmbedURI() != null) {
        list.append("<font embed-url='").append(name(font.getEmbedURI())).append("' kerning='yes'");
        if (font.getSubFontName() != null) {
          list.append(" sub-font='").append(escaped(font.getSubFontName())).append('\'');
        }
        list.append('>');
        font.getFontTriplets().forEach(triplet -> list.append(triplet(triplet)));
        list.append("</font>");
      }
    }
    list.append("</fonts>");
    var renderers = new StringBuilder("<renderers>");
    for (var type : MEDIA_TYPES) {
      renderers
          .append("<renderer mime='")
          .append(type)
          .append("'>")
          .append(list)
          .append("</renderer>");
    }
    return renderers.append("</renderers>").toString();
  }

  private String name(URI file) {
    files.put(file.toString(), new File(file).toPath());
    return escaped(file.toString());
  }

  private static String triplet(FontTriplet triplet) {
    return "<font-triplet name='%s' style='%s' weight='%d'/>"
        .formatted(escaped(triplet.getName()), escaped(triplet.getStyle()), triplet.getWeight());
  }

  private static String standIns() {
    var list = new StringBuilder("<fonts><substitutions>");
    STAND_INS.forEach((from, to) ->
        list.append("<substitution><from font-family='")
            .append(from)
            .append("'/><to font-family='")
            .append(to)
            .append("'/></substitution>"));
    return list.append("</substitutions></fonts>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
  }

  private static Configuration parsed(String xml) throws ConfigurationException {
    return new DefaultConfigurationBuilder()
        .build(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
