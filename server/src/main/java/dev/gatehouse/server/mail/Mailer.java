package dev.gatehouse.server.mail;

import dev.gatehouse.server.config.NodeConfig.Mail;
import dev.gatehouse.server.notice.Came;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Sends letters. May take seconds.
public interface Mailer {
    /// One attempt.
    Came send(Letter letter);

    /// The one that a node is configured with.
    static Mailer of(Mail mail, InstantSource clock, RandomGenerator random) {
        return mail.smtp()
                .<Mailer>map(smtp -> new SmtpMailer(mail.from(), smtp, clock))
                .orElseGet(() -> new FileMailer(mail.from(), mail.folder(), clock, random));
    }
}
