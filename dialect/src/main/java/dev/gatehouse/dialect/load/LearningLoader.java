package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Learning;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what is learnt from replies of the provider's API.
final class LearningLoader {
    private static final Pattern MEMBER = Pattern.compile("[^.\\s]{1,64}(\\.[^.\\s]{1,64}){0,7}");

    private final Mistakes mistakes;

    LearningLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    List<Learning> read(List<Node> nodes) {
        List<Learning> learnings = new ArrayList<>();
        for (Node node : nodes) {
            Fields.of(node, Section.LEARNING, mistakes).flatMap(this::learning).ifPresent(learnings::add);
        }
        return learnings;
    }

    private Optional<Learning> learning(Fields fields) {
        Optional<EndpointLoader.At> at = fields.get("at").flatMap(node -> EndpointLoader.at(node, mistakes));
        List<List<String>> customers = new ArrayList<>();
        for (Node item : fields.list("customers")) {
            Fields.text(item, mistakes).ifPresent(text -> {
                if (MEMBER.matcher(text).matches()) {
                    customers.add(List.of(text.split("\\.", -1)));
                } else {
                    mistakes.add(item.spot(), "this is no member of a reply, such as client.key");
                }
            });
        }
        return at.map(found -> new Learning(found.method(), found.path(), customers));
    }
}
