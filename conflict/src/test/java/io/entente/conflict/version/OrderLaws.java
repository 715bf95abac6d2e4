package io.entente.conflict.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The laws of a total order that agrees with equality, checked for every triple of a small domain. */
final class OrderLaws {

    private OrderLaws() {}

    static <T extends Comparable<T>> void check(List<T> domain) {
        for (T a : domain) {
            for (T b : domain) {
                int order = Integer.signum(a.compareTo(b));
                assertThat(order).as("%s and %s", a, b).isEqualTo(-Integer.signum(b.compareTo(a)));
                assertThat(order == 0).as("%s equals %s", a, b).isEqualTo(a.equals(b));
                checkTransitive(a, b, order, domain);
            }
        }
    }

    private static <T extends Comparable<T>> void checkTransitive(T a, T b, int order, List<T> domain) {
        for (T c : domain) {
            if (order <= 0 && b.compareTo(c) <= 0) {
                assertThat(a.compareTo(c)).as("%s, %s, %s", a, b, c).isNotPositive();
            }
        }
    }
}
