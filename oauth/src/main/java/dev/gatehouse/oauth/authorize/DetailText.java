package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.right.AuthorizationDetail;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.DetailType;
import java.util.List;
import java.util.Map;

/// An authorization detail that a client asks for, in the words of the Api. Values in it are the client's.
public record DetailText(DetailType type, AuthorizationDetail detail) {
    /// Of those that the Api still has.
    public static List<DetailText> of(AuthorizationDetails details, Catalogue catalogue) {
        return details.list().stream()
                .flatMap(one -> catalogue.type(one).map(type -> new DetailText(type, one)).stream())
                .toList();
    }

    /// What people read of it, in a language where there is such a text; still to be escaped, values to be set
    /// apart.
    public List<DetailType.Part> sentence(String language) {
        return type.sentence(detail, language);
    }

    /// What that does not tell, by the names of members.
    public Map<String, String> besides(String language) {
        return type.besides(detail, language);
    }
}
