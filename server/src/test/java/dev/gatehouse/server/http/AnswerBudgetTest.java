package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The memory for answers that are held.
class AnswerBudgetTest {
    @Test
    void nobodyTakesMoreThanItsShare() {
        AnswerBudget budget = new AnswerBudget(10, 4);
        AnswerBudget.Part one = budget.part("a");
        AnswerBudget.Part another = budget.part("a");
        assertThat(one.take(3)).isTrue();
        assertThat(another.take(2)).isFalse();
        assertThat(another.take(1)).isTrue();
        assertThat(budget.part("b").take(4)).isTrue();
        assertThat(budget.part("c").take(3)).as("all").isFalse();
        assertThat(budget.part("c").take(2)).isTrue();
        one.end();
        one.end();
        assertThat(one.take(1)).isFalse();
        assertThat(another.take(3)).isTrue();
        assertThat(another.take(1)).isFalse();
    }
}
