package io.entente.cluster.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What certificates say of nodes, in their subject alternative names. */
public final class NodeCertificates {

    /** Before a node's name, in the URI that names it. */
    public static final String NODE_URI = "urn:entente:node:";

    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;
    private static final int IP_ADDRESS = 7;

    private NodeCertificates() {}

    /** The nodes whose certificate it is; mostly one. */
    public static Set<String> nodes(X509Certificate certificate) {
        Set<String> nodes = new TreeSet<>();
        for (String uri : names(certificate, URI_NAME)) {
            if (uri.startsWith(NODE_URI) && uri.length() > NODE_URI.length()) {
                nodes.add(uri.substring(NODE_URI.length()));
            }
        }
        return nodes;
    }

    /** Whether others, who compare names, take it for that host's: a name, or an address. */
    public static boolean isOfHost(X509Certificate certificate, String host) {
        boolean isAddress = host.contains(":") || host.matches("[0-9.]+");
        return isAddress
                ? names(certificate, IP_ADDRESS).stream()
                        .anyMatch(address -> plain(address).equals(plain(host)))
                : names(certificate, DNS_NAME).stream().anyMatch(name -> matches(name, host));
    }

    /** A {@code *} stands for the first label. */
    private static boolean matches(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        String asked = host.toLowerCase(Locale.ROOT);
        int dot = asked.indexOf('.');
        return pattern.equals(asked)
                || (pattern.startsWith("*.") && dot > 0 && pattern.substring(1).equals(asked.substring(dot)));
    }

    /** IPv6 addresses have several forms. No name server is asked for an address. */
    private static String plain(String address) {
        try {
            return InetAddress.getByName(address).getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }

    private static List<String> names(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(name -> name.get(0).equals(kind))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }
}
