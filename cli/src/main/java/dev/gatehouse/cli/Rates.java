package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.regex.Pattern;

/// Rates on the command line: `600/60` for 600 requests in 60 seconds, `600/60,100` for 100 of them at once.
final class Rates {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})/([1-9][0-9]{0,4})(?:,([1-9][0-9]{0,6}))?");

    private Rates() {}

    /// As the admin API takes it, which has the last word on the numbers.
    static Json.Obj read(String text) {
        if (!FORM.matcher(text).matches()) {
            throw Complaint.usage("a rate is REQUESTS/SECONDS or REQUESTS/SECONDS,BURST, such as 600/60,100");
        }
        String[] numbers = text.split("[/,]", -1);
        Json.Obj rate =
                Json.Obj.EMPTY.with("requests", new Json.Num(numbers[0])).with("seconds", new Json.Num(numbers[1]));
        return numbers.length == 2 ? rate : rate.with("burst", new Json.Num(numbers[2]));
    }
}
