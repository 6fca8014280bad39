package dev.gatehouse.server.mail;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.config.NodeConfig.Smtp;
import dev.gatehouse.server.notice.Came;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;

/// Hands letters to an SMTP server (RFC 5321) that the operator named, as it named the database: no rule about
/// where a node may send requests stands in between. Without TLS where that was asked for alone.
record SmtpMailer(String from, Smtp smtp, InstantSource clock) implements Mailer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public Came send(Letter letter) {
        try {
            Session session = Session.getInstance(properties());
            Message message = Messages.of(session, from, letter, clock.instant());
            try (Transport transport = session.getTransport()) {
                transport.connect(
                        smtp.host(),
                        smtp.port(),
                        smtp.user().orElse(null),
                        smtp.password().map(Secret::reveal).orElse(null));
                transport.sendMessage(message, message.getAllRecipients());
            }
            return new Came.Delivered();
        } catch (SendFailedException e) {
            // The server knows no such mailbox; nobody else will take the letter either.
            return e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0
                    ? new Came.Refused("the mail server does not take the address")
                    : failed(e);
        } catch (AuthenticationFailedException e) {
            return new Came.Failed("the mail server does not take the password", true);
        } catch (MessagingException e) {
            return failed(e);
        }
    }

    /// Not its message, which may have the address in it.
    private static Came failed(MessagingException e) {
        return new Came.Failed("the mail server: " + e.getClass().getSimpleName(), true);
    }

    private Properties properties() {
        String protocol = smtp.security() == Smtp.Security.TLS ? "smtps" : "smtp";
        String millis = Long.toString(PATIENCE.toMillis());
        Properties all = new Properties();
        all.setProperty("mail.from", from);
        all.setProperty("mail.transport.protocol", protocol);
        String at = "mail." + protocol + ".";
        all.setProperty(at + "connectiontimeout", millis);
        all.setProperty(at + "timeout", millis);
        all.setProperty(at + "writetimeout", millis);
        all.setProperty(at + "ssl.checkserveridentity", "true");
        all.setProperty(at + "auth", Boolean.toString(smtp.user().isPresent()));
        all.setProperty(at + "starttls.enable", Boolean.toString(smtp.security() == Smtp.Security.STARTTLS));
        all.setProperty(at + "starttls.required", Boolean.toString(smtp.security() == Smtp.Security.STARTTLS));
        return all;
    }
}
