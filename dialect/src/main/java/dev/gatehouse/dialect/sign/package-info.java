/// The text that a signature of a request or reply is made over, as a dialect says. Knows no keys.
package dev.gatehouse.dialect.sign;
