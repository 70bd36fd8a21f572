import type { Flaw } from '../../text/flaw.ts';
import { BOUND_FAULTS } from './bound-fault.ts';
import { GitlabFault } from './fault.ts';

const CA = 'Name the certificate of its CA with --ca-file, or in NODE_EXTRA_CA_CERTS';

type Tell = (host: string) => Flaw;

const unknownCa: Tell = (host) => ({
  what: `the certificate of ${host} is of a CA that this machine does not know`,
  fix: CA,
});

const noWay: Tell = (host) => ({
  what: `there is no way to ${host} from here`,
  fix: 'Check the network, the VPN, and HTTPS_PROXY',
});

/** What Node's and OpenSSL's error codes mean. @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const FAULTS: Readonly<Record<string, Tell>> = {
  CERT_HAS_EXPIRED: (host) => ({
    what: `the certificate of ${host} has expired`,
    fix: 'Have it renewed; AWS refuses it too',
  }),
  CERT_NOT_YET_VALID: (host) => ({
    what: `the certificate of ${host} is not valid yet`,
    fix: "Check this machine's clock",
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => ({
    what: `the certificate of ${host} is for another name`,
    fix: 'Check the address',
  }),
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
  SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => ({
    what: `${host} sends a certificate without the chain to a CA that this machine knows`,
    fix: CA,
  }),
  ENOTFOUND: (host) => ({
    what: `${host} is not known here`,
    fix: 'Check the address and the VPN',
  }),
  EAI_AGAIN: (host) => ({ what: `the name ${host} cannot be looked up`, fix: 'Check the network' }),
  ECONNREFUSED: (host) => ({
    what: `nothing answers at ${host}`,
    fix: 'Check the address and HTTPS_PROXY',
  }),
  ENETUNREACH: noWay,
  EHOSTUNREACH: noWay,
  ETIMEDOUT: noWay,
};

/** Connections that may hold the next time. */
const FLEETING: Readonly<Record<string, Tell>> = {
  ECONNRESET: (host) => ({
    what: `${host} broke off the connection`,
    fix: 'Try again later, or ask who runs it or the proxy',
  }),
  EPIPE: (host) => ({ what: `${host} broke off the connection`, fix: 'Try again later' }),
};

/** What is wrong when no answer came. */
export function faultOfConnection(host: string, error: unknown): GitlabFault {
  const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : '';
  const tell = FAULTS[code];
  if (tell) return new GitlabFault(tell(host));
  const fleeting = FLEETING[code];
  if (fleeting) return new GitlabFault(fleeting(host), 'fleeting');
  if (code === 'HPE_HEADER_OVERFLOW') return BOUND_FAULTS.headers(host);
  if (/^HPE_/.test(code)) {
    return new GitlabFault({
      what: `${host} answers something that is not HTTP (${code})`,
      fix: 'Check the address and the port, and HTTPS_PROXY',
    });
  }
  if (/^(EPROTO$|ERR_SSL_|ERR_TLS_|CERT_|UNABLE_)/.test(code)) {
    return new GitlabFault({
      what: `no TLS connection to ${host} comes about (${code})`,
      fix: 'Check that it serves https, and with a certificate that fits',
    });
  }
  return new GitlabFault({
    what: `${host} could not be reached (${code === '' ? 'for no reason that Node names' : code})`,
    fix: 'Check the address and the network',
  });
}

/** No answer in time. */
export function faultOfSilence(host: string, milliseconds: number): GitlabFault {
  return new GitlabFault(
    {
      what: `${host} did not answer within ${milliseconds / 1000} seconds`,
      fix: 'Try again later, or check the network and HTTPS_PROXY',
    },
    'fleeting',
  );
}
