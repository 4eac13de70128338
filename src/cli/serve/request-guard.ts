import { isIP } from 'node:net';

/** Names under which this machine alone is meant. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What of a request says where it comes from. */
export interface RequestOrigin {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site` and `Sec-Fetch-Mode`, which browsers set and scripts cannot. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
}

/** Whether the server listens to this machine alone. */
export function isLoopback(host: string): boolean {
  return loopback.has(host) || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * Why a request is refused; null where it is not. A page of somebody else's could have a browser ask here: by a name of its
 * own that it lets point to this machine (DNS rebinding), which the Host header gives away, or from its own origin.
 *
 * @param listening the address that the server was told to listen at.
 */
export function refusal(request: RequestOrigin, listening: string): string | null {
  const { host, origin, site, mode } = request;
  if (host === undefined || !isOwnName(nameOf(host), listening)) return 'another host';
  if (origin !== undefined && origin !== `http://${host}`) return 'another origin';
  const comesFromOutside = site !== undefined && site !== 'same-origin' && site !== 'none';
  return comesFromOutside && mode !== 'navigate' ? 'another site' : null;
}

function isOwnName(name: string, listening: string): boolean {
  if (loopback.has(name) || name === bracketed(listening)) return true;
  // Told to listen to others, it does not know under which address they reach it; an address, unlike a name, cannot be rebound.
  return !isLoopback(listening) && isIP(name.replace(/^\[|\]$/g, '')) > 0;
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}

/** An address as it stands in a URL. */
export function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host.toLowerCase();
}
