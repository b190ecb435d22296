package io.doos.deploy.http;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The schemas of an OpenAPI document, each to be tried on its own. */
record OpenApiSchemas(String document) {

  /** What the schema of that name has against an answer; nothing when it fits. */
  List<String> complaints(String name, String answer) {
    var mapper = JsonMapper.shared();
    var root = mapper.createObjectNode().put("$ref", "#/components/schemas/" + name);
    root.set("components", mapper.readTree(document).get("components"));
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(mapper.writeValueAsString(root), InputFormat.JSON);
    return schema.validate(answer, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
