package dev.gatehouse.server.pages;

/// What every page has around what it is about.
///
/// @param provider its name
/// @param logo whether there is one
/// @param style the path of the style sheet
/// @param script the path of what lets browsers make and show keys
/// @param integrity what that is, so that nobody else's is run from there
record Frame(Texts texts, String provider, boolean logo, String style, String script, String integrity) {}
