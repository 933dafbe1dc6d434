package org.rserpool.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.transport.ClientAuthentication;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is configured under {@code rserpool.ssl}.
 *
 * @param bundle SSL bundle with the keys and the trusted certificates of this
 * application. With it, all associations are encrypted by TLS 1.3 over TCP. When it is
 * reloaded, new associations use what is new.
 * @param clientAuth Whether pool elements ask pool users and registrars for certificates:
 * none, want or need. By default, need if the bundle has trusted certificates of its own.
 * @param verifyHost Whether the certificate of a pool element or registrar must name the
 * host or address that is connected to. By default, only if the bundle has no trusted
 * certificates of its own.
 * @param registrarNames The names of the certificates that registrars have: the common
 * name, a host or URI among the alternative names, or the whole subject; an asterisk
 * stands for any characters. By default, whoever has a trusted certificate may be a
 * registrar.
 * @param registrars Whether associations with registrars are encrypted as well, as
 * registrars then expect.
 * @since 0.1
 */
public record SslProperties(@Nullable String bundle, @Nullable ClientAuthentication clientAuth,
		@Nullable Boolean verifyHost, @DefaultValue List<String> registrarNames,
		@DefaultValue("true") boolean registrars) {

}
