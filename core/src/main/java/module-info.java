import org.jspecify.annotations.NullMarked;

/// Nouns, decisions, lineage, credential formats and store interfaces.
@NullMarked
module dev.gatehouse.core {
    requires static org.jspecify;

    exports dev.gatehouse.core.api;
    exports dev.gatehouse.core.audit;
    exports dev.gatehouse.core.client;
    exports dev.gatehouse.core.decide;
    exports dev.gatehouse.core.fact;
    exports dev.gatehouse.core.http;
    exports dev.gatehouse.core.id;
    exports dev.gatehouse.core.key;
    exports dev.gatehouse.core.limit;
    exports dev.gatehouse.core.member;
    exports dev.gatehouse.core.net;
    exports dev.gatehouse.core.proof;
    exports dev.gatehouse.core.quota;
    exports dev.gatehouse.core.right;
    exports dev.gatehouse.core.secret;
    exports dev.gatehouse.core.session;
    exports dev.gatehouse.core.store;
    exports dev.gatehouse.core.token;
}
