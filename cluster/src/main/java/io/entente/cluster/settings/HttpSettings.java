package io.entente.cluster.settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The HTTP interface of a node.
 *
 * @param enabled whether there is one
 * @param address where it listens
 * @param names by which names it may be addressed beside its address, where it listens on loopback alone
 * @param security who may use it, and whether it is encrypted
 */
public record HttpSettings(boolean enabled, Address address, List<String> names, HttpSecurity security) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|0:0:0:0:0:0:0:1");

    public HttpSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(security, "security");
        names = List.copyOf(names);
    }

    /** Open to everybody, and plain. */
    public HttpSettings(boolean enabled, Address address, List<String> names) {
        this(enabled, address, names, HttpSecurity.none());
    }

    /** Without names of its own. */
    public HttpSettings(boolean enabled, Address address) {
        this(enabled, address, List.of());
    }

    /** With other rules about who may use it. */
    public HttpSettings with(HttpSecurity changed) {
        return new HttpSettings(enabled, address, names, changed);
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return security.tls().isPresent() ? "https" : "http";
    }

    /** Whether it can be reached from this machine alone, as far as its host's name tells. */
    public boolean isLoopback() {
        return isLoopback(address.host());
    }

    /** Whether a host's name, or address, is one of this machine alone. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
