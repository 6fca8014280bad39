/// The pages where people sign in, allow applications what they ask for, sign out, and see what is open in their
/// name. Plain forms that need no script; every page is made from a template that was compiled with the server
/// (jte, `src/main/jte`), and leaves with headers that let it load nothing from elsewhere and stand in no frame.
package dev.gatehouse.server.pages;
