package example.accounts;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps entries of an account.
 *
 * @param <T> what an entry is about
 */
@SuppressWarnings("unused")
public final class Ledger<T extends Comparable<T>> implements Iterable<Ledger.Entry<T>> {
    private final List<Entry<T>> entries = new ArrayList<>();

    /** Makes an empty ledger. */
    public Ledger() {
        this(16);
    }

    protected Ledger(int capacity) {
        if (capacity < 0 || capacity > 1 << 20) {
            throw new IllegalArgumentException("capacity");
        }
    }

    /** One line. */
    public record Entry<T>(T subject, long cents) {
        public Entry {
            if (subject == null) throw new NullPointerException();
        }
    }

    enum Kind {
        DEBIT,
        CREDIT;

        Kind opposite() {
            return this == DEBIT ? CREDIT : DEBIT;
        }
    }

    interface Rule<T> {
        boolean allows(Entry<? super T> entry);

        default Rule<T> negated() {
            return entry -> !allows(entry);
        }
    }

    @interface Audited {
        String value() default "yes";
    }

    /**
     * Adds up the entries that all rules allow.
     *
     * @return the sum in cents
     */
    @Deprecated
    @SafeVarargs
    static <T> long total(final List<Entry<T>> entries, Rule<T>... rules) throws IllegalStateException {
        long sum = 0;
        for (Entry<T> entry : entries) {
            boolean allowed = true;
            for (int i = 0; i < rules.length; i++) {
                allowed = allowed && rules[i].allows(entry);
            }
            sum += allowed ? entry.cents() : 0;
        }
        return sum;
    }

    @Override
    public java.util.Iterator<Entry<T>> iterator() {
        return new java.util.Iterator<>() {
            private int next = 0;

            @Override
            public boolean hasNext() {
                return next < entries.size();
            }

            @Override
            public Entry<T> next() {
                return entries.get(next++);
            }
        };
    }
}
